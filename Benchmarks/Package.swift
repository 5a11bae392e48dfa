// swift-tools-version:6.2
import PackageDescription

// A package of its own, so that nothing of it can get into what is shipped. Build and run it with `Benchmarks/run`.
let package = Package(
    name: "beraad-bench",
    dependencies: [.package(name: "beraad", path: "..")],
    targets: [
        .executableTarget(
            name: "beraad-bench",
            dependencies: [.product(name: "Benchmarking", package: "beraad")],
            swiftSettings: [.strictMemorySafety(), .treatAllWarnings(as: .error)])
    ],
    swiftLanguageModes: [.v6]
)
