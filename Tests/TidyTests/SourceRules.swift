/// Rules about the text of files. Each takes one file and answers what is untidy in it.
enum SourceRules {
    /// Git knows who made a file and when, and LICENSE holds for all of them.
    static func header(_ file: Repository.File) -> [Finding] {
        guard file.path != "LICENSE" else { return [] }
        let mark = #/(?i)created (by|on) |copyright|SPDX-|===---|^\W*author:/#
        return file.lines.prefix(8).enumerated().filter { $0.element.contains(mark) }.map {
            Finding(path: file.path, line: $0.offset + 1, what: "has a file header")
        }
    }

    /// `Sources/<Module>/<Area>/<File>`, no deeper: whoever needs a fourth folder has found a second idea.
    static func depth(_ path: String) -> [Finding] {
        let parts = path.split(separator: "/")
        guard parts.count > 4, parts.first == "Sources" || parts.first == "Web" else { return [] }
        return [Finding(path: path, what: "lies too deep")]
    }

    /// Nothing of anybody's machine: folders, keys, passwords in addresses, or an address on the Internet that is not
    /// one of those set aside for documents (RFC 5737) or private networks.
    static func machine(_ file: Repository.File) -> [Finding] {
        file.lines.enumerated().flatMap { index, line in
            Self.traces(in: String(line)).map { Finding(path: file.path, line: index + 1, what: $0) }
        }
    }

    /// Plain searches stand before the patterns: most lines hold none of these, and patterns are slow.
    private static func traces(in line: String) -> [String] {
        var found: [String] = []
        if ["/home/", "/Users/", "/root/", "/work/"].contains(where: line.contains) {
            if line.contains(#/(?:^|[^\w.])(?:/home/|/Users/|/root/|/work/)\w+/#) {
                found.append("names a folder of somebody's machine")
            }
        }
        if line.contains("PRIVATE KEY-----") { found.append("holds a private key") }
        if line.contains("://"), line.contains("@"), line.contains(#/https?:\/\/[^\s\/:@]+:[^\s\/@]+@/#) {
            found.append("holds a password in an address")
        }
        for word in line.split(whereSeparator: { !$0.isNumber && $0 != "." && $0 != "§" }) {
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            let bytes = parts.compactMap { UInt8($0) }  // a section number has its sign, so it is none
            if parts.count == 4, bytes.count == 4, !Self.isPrivate(bytes) {
                found.append("names an address on the Internet")
            }
        }
        return found
    }

    private static func isPrivate(_ address: [UInt8]) -> Bool {
        switch (address[0], address[1], address[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (100, 64...127, _):
            true
        case (192, 0, _), (198, 18...19, _), (198, 51, 100), (203, 0, 113), (224..., _, _): true
        default: false
        }
    }

    /// Who silences the compiler says why it is right.
    static func unchecked(_ file: Repository.File) -> [Finding] {
        let lines = file.lines
        return file.codeLines.filter { $0.text.contains("@unchecked Sendable") }.compactMap { number, _ in
            let near = lines[max(0, number - 6)..<min(lines.count, number + 4)]
            guard !near.contains(where: { $0.contains(#/(?i)\/\/.*\bbecause\b/#) }) else { return nil }
            return Finding(path: file.path, line: number, what: "@unchecked Sendable without a because")
        }
    }

    /// The only places that may step outside memory safety (`style`: tables and slabs of the media path, system calls,
    /// the C seams), and each file there says why it is sound.
    static let unsafePlaces = [
        "Sources/Wire/RawSpan+BigEndian.swift", "Sources/Wire/ConstantTime.swift", "Sources/Wire/SpanWriter.swift",
        "Sources/MediaCrypto/", "Sources/MediaCore/Transport/", "Sources/MediaCore/SRTP/",
        "Sources/MediaCore/ICE/ICEAgent.swift", "Sources/MediaCore/STUN/STUNIntegrity.swift",
        "Sources/Forwarding/FixedRows.swift",
        "Sources/Fuzzing/DTLSFuzz.swift", "Sources/Fuzzing/SRTPFuzz.swift", "Sources/Benchmarking/",
        "Sources/SFU/", "Sources/Persistence/Files/", "Sources/Edge/Accounts/Scrypt.swift",
        "Sources/Server/Commands/FolderClaim.swift", "Sources/Server/Commands/MemoryGuard.swift",
        "Sources/E2EE/Crypto/",
        "Sources/E2EE/Native/",
        "Sources/E2EEWasm/",
        "Sources/E2EE/Frame/CounterModeHMAC.swift",
        "Sources/Client/Shell/", "Sources/Client/Media/", "Sources/Client/Commands/PeerCommand.swift",
        "Sources/Client/Commands/Terminal.swift", "Sources/BeraadTesting/Room/Bytes.swift",
        "Sources/BeraadTesting/Memory/",
    ]

    static func unsafe(_ file: Repository.File) -> [Finding] {
        let lines = file.codeLines.filter { $0.text.contains(#/(?:^|[\s(\[{=,&!])unsafe\s+[\w.(&]|@unsafe|@safe\b/#) }
        guard let first = lines.first else { return [] }
        guard self.unsafePlaces.contains(where: { file.path.hasPrefix($0) }) else {
            return lines.map { Finding(path: file.path, line: $0.number, what: "is unsafe outside the listed places") }
        }
        return file.text.contains("SAFETY:")
            ? [] : [Finding(path: file.path, line: first.number, what: "is unsafe without a SAFETY: reason")]
    }
}
