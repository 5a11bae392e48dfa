// swift-tools-version:6.2
import PackageDescription

// A package of its own, because libFuzzer brings its own `main` and instruments everything that it is linked to. Build
// and run it with `Fuzz/run`.
let package = Package(
    name: "beraad-fuzz",
    dependencies: [.package(name: "beraad", path: "..")],
    targets: [
        .executableTarget(
            name: "beraad-fuzz",
            dependencies: [.product(name: "Fuzzing", package: "beraad")],
            swiftSettings: [.strictMemorySafety(), .unsafeFlags(["-parse-as-library"])])
    ],
    swiftLanguageModes: [.v6]
)
