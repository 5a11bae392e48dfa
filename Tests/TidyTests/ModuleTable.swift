/// Which of our modules may import which, and what from outside (ARCHITECTURE.md). `Package.swift` may ask for less,
/// never for more; a new line here is a decision about the design, not a formality.
enum ModuleTable {
    struct Row {
        /// Modules of this package.
        let own: Set<String>
        /// Modules of other packages, beside the system's.
        var outside: Set<String> = []
    }

    /// What the toolchain itself brings.
    static let system: Set<String> = ["Glibc", "Foundation", "FoundationEssentials", "Synchronization", "Dispatch"]

    static let rows: [String: Row] = [
        "Wire": Row(own: []),
        "Redaction": Row(own: []),
        "Signalling": Row(own: ["Redaction"]),
        "CLinux": Row(own: []),
        "CWipe": Row(own: []),
        "MediaCrypto": Row(own: [], outside: ["CNIOBoringSSL"]),
        "MediaCore": Row(own: ["Wire", "Redaction", "MediaCrypto"]),
        "Forwarding": Row(own: ["MediaCore", "Wire"]),
        "SFU": Row(own: ["Forwarding", "MediaCore", "MediaCrypto", "CLinux"]),
        "Privacy": Row(own: ["Redaction"], outside: ["Crypto"]),
        "Meeting": Row(own: ["Signalling", "Redaction", "Wire"], outside: ["Crypto"]),
        "Persistence": Row(own: ["Meeting", "Privacy", "Signalling"], outside: ["GRDB", "Crypto"]),
        "Edge": Row(
            own: ["Signalling", "Meeting", "Privacy", "Redaction"],
            outside: [
                "Logging", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "HTTPTypes", "Crypto", "CryptoExtras",
                "NIOCore", "NIOPosix", "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1", "NIOWebSocket", "NIOSSL",
            ]),
        "Server": Row(
            own: [
                "Edge", "Meeting", "Privacy", "Persistence", "SFU", "Forwarding", "MediaCore", "MediaCrypto",
                "Signalling", "Redaction", "CLinux",
            ],
            outside: ["Logging", "ArgumentParser", "ServiceLifecycle", "UnixSignals", "Hummingbird"]),
        "E2EE": Row(own: ["Wire"], outside: ["Crypto", "CryptoExtras"]),
        "E2EEWasm": Row(own: ["E2EE", "Wire", "CE2EEShim"]),
        "CE2EEShim": Row(own: []),
        "Client": Row(
            own: ["Signalling", "MediaCore", "MediaCrypto", "E2EE", "CLinux", "Wire"],
            outside: ["ArgumentParser", "NIOCore", "NIOPosix", "NIOHTTP1", "NIOWebSocket", "NIOSSL"]),
        "Fuzzing": Row(
            own: ["Wire", "MediaCore", "MediaCrypto", "E2EE", "Meeting", "Signalling", "BeraadTesting"]),
        "Benchmarking": Row(own: ["Forwarding", "MediaCore", "MediaCrypto", "E2EE", "Wire", "BeraadTesting"]),
        "BeraadTesting": Row(
            own: ["Client", "Forwarding", "Meeting", "Signalling", "MediaCore", "MediaCrypto", "E2EE", "Wire"],
            outside: ["Testing", "Crypto"]),
        "beraad": Row(own: ["Server"]),
        "beraad-peer": Row(own: ["Client", "CWipe"]),
    ]

    /// What `ops/wasm.sh` compiles. `Package.swift` knows native programs only, so it declares nothing for these.
    static let wasm: Set<String> = ["E2EEWasm", "CE2EEShim"]

    /// Modules that make up the server: none of them may ever hold a content key.
    static let server: Set<String> = [
        "Meeting", "Forwarding", "SFU", "Edge", "Server", "Privacy", "Persistence", "Cluster", "beraad",
    ]

    /// Modules that hold content keys.
    static let keyHolders: Set<String> = ["E2EE", "E2EEWasm", "Client"]

    /// A module that comes inside a product of another name. BoringSSL is no product of its own (decision 0001).
    static let productOfModule = ["CNIOBoringSSL": "NIOSSL", "HummingbirdCore": "Hummingbird"]
}
