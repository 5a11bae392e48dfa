// swift-tools-version:6.2
import PackageDescription

/// The house settings of every target (style: strict, no unsafe flags). `Lifetimes` is for our own `~Escapable` readers.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableExperimentalFeature("Lifetimes"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// BoringSSL comes inside swift-nio-ssl; `MediaCrypto` is its only importer on the media path (`docs/decisions/0001`).
let boringSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
/// SQLite; `Persistence` is its only importer (`docs/decisions/0012`).
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["BeraadTesting"], resources: resources, swiftSettings: house)
}

let package = Package(
    name: "beraad",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "beraad", targets: ["beraad"]),
        .executable(name: "beraad-peer", targets: ["beraad-peer"]),
        .library(name: "Client", targets: ["Client"]),
        .library(name: "E2EE", targets: ["E2EE"]),
        .library(name: "BeraadTesting", targets: ["BeraadTesting"]),
        .library(name: "Fuzzing", targets: ["Fuzzing"]),
        .library(name: "Benchmarking", targets: ["Benchmarking"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0", traits: []),
        // Without its reader of configuration files: a package less to build and to trust.
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
    ],
    targets: [
        // Values and bytes
        library("Wire"),
        library("Redaction"),
        library("Signalling", ["Redaction"]),
        .target(name: "CLinux"),
        // Put into a program, it zeroes what is freed there (decision 0006).
        .target(name: "CWipe"),

        // The media plane
        library("MediaCrypto", [boringSSL]),
        library("MediaCore", ["Wire", "Redaction", "MediaCrypto"]),
        library("Forwarding", ["MediaCore", "Wire"]),
        library("SFU", ["Forwarding", "MediaCore", "MediaCrypto", "CLinux"]),

        // The meeting and its door
        library("Privacy", ["Redaction", .product(name: "Crypto", package: "swift-crypto")]),
        library("Meeting", ["Signalling", "Redaction", "Wire", .product(name: "Crypto", package: "swift-crypto")]),
        library(
            "Persistence",
            ["Meeting", "Privacy", "Signalling", grdb, .product(name: "Crypto", package: "swift-crypto")]),
        library(
            "Edge",
            [
                "Signalling", "Meeting", "Privacy", "Redaction", logging,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        library(
            "Server",
            [
                "Edge", "Meeting", "Privacy", "Persistence", "SFU", "Forwarding", "MediaCore", "MediaCrypto",
                "Signalling", "Redaction", "CLinux",
                logging, arguments,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ]),

        // Programs that hold keys
        library(
            "E2EE",
            [
                "Wire", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]),
        library(
            "Client",
            [
                "Signalling", "MediaCore", "MediaCrypto", "E2EE", "CLinux", "Wire", arguments,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        library("Fuzzing", ["Wire", "MediaCore", "MediaCrypto", "E2EE", "Meeting", "Signalling", "BeraadTesting"]),
        library("Benchmarking", ["Forwarding", "MediaCore", "MediaCrypto", "E2EE", "Wire", "BeraadTesting"]),
        library(
            "BeraadTesting",
            [
                "Client", "Forwarding", "Meeting", "Signalling", "MediaCore", "MediaCrypto", "E2EE", "Wire",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),

        .executableTarget(name: "beraad", dependencies: ["Server", "CWipe"], swiftSettings: house),
        .executableTarget(name: "beraad-peer", dependencies: ["Client", "CWipe"], swiftSettings: house),

        tests("WireTests", ["Wire"]),
        tests("SignallingTests", ["Signalling", "Redaction"]),
        tests("MediaCryptoTests", ["MediaCrypto"]),
        tests("MediaCoreTests", ["MediaCore", "MediaCrypto", "Wire"]),
        tests("FuzzingTests", ["Fuzzing", "E2EE"]),
        tests("BenchmarkingTests", ["Benchmarking"]),
        tests("ForwardingTests", ["Forwarding", "MediaCore"]),
        tests("SFUTests", ["SFU", "Forwarding", "MediaCore", "MediaCrypto", "CLinux"]),
        tests("PrivacyTests", ["Privacy", .product(name: "Crypto", package: "swift-crypto")]),
        tests(
            "MeetingTests",
            ["Meeting", "Signalling", "Redaction", "Wire", .product(name: "Crypto", package: "swift-crypto")]),
        tests("PersistenceTests", ["Persistence", "Privacy", "Meeting", "Signalling", grdb]),
        tests(
            "EdgeTests",
            [
                "E2EE", "Edge", "Server", "Meeting", "Persistence", "Privacy", "Signalling", "Redaction",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ]),
        tests("E2EETests", ["E2EE", "Wire", "Client"]),
        tests("ClientTests", ["Client", "E2EE", "MediaCore", "Signalling"]),
        .testTarget(
            name: "ScenarioTests",
            dependencies: ["BeraadTesting", "Client", "E2EE", "MediaCore", "Meeting", "Signalling", "CWipe"],
            exclude: ["Browser"],
            swiftSettings: house),
        tests("TidyTests", []),
    ],
    swiftLanguageModes: [.v6]
)
