import Testing

@Suite("The text of files")
struct SourceRulesTests {
    private let repository: Repository

    init() throws {
        self.repository = try Repository()
    }

    /// Everything but these tests, which hold bad samples on purpose.
    private func others(_ endings: [String] = [""]) -> [Repository.File] {
        self.repository.files(endings: endings).filter { !$0.path.hasPrefix("Tests/TidyTests/") }
    }

    @Test("no file has a header")
    func headers() {
        #expect(
            self.others([".swift", ".c", ".h", ".js", ".css", ".html", ".py", ".sh", "run", "test"])
                .flatMap(SourceRules.header) == [])
    }

    @Test("no file lies deeper than an area")
    func depth() {
        #expect(self.repository.paths.flatMap(SourceRules.depth) == [])
    }

    @Test("no file names anybody's machine, address or secret")
    func machines() {
        #expect(self.others().flatMap(SourceRules.machine) == [])
    }

    @Test("every @unchecked Sendable says because")
    func unchecked() {
        #expect(self.others([".swift"]).flatMap(SourceRules.unchecked) == [])
    }

    @Test("unsafe code stands only in the listed places, with its reason")
    func unsafe() {
        #expect(self.repository.files(in: ["Sources/"], endings: [".swift"]).flatMap(SourceRules.unsafe) == [])
    }
}

@Suite("The rules about text themselves")
struct SourceRulesCheckTests {
    private func file(_ text: String, path: String = "Sources/Meeting/A.swift") -> Repository.File {
        Repository.File(path: path, text: text)
    }

    @Test(
        "file headers are seen", arguments: ["// Created by me", "/* Copyright 2026 */", "//===---- x", "# SPDX-x: y"])
    func headers(text: String) {
        #expect(SourceRules.header(self.file(text)).count == 1)
        #expect(SourceRules.header(self.file("// The meeting is created before anybody joins.")) == [])
    }

    @Test("a folder too deep is seen")
    func depth() {
        #expect(SourceRules.depth("Sources/A/B/C/D.swift").count == 1)
        #expect(SourceRules.depth("Sources/A/B/C.swift") == [])
    }

    @Test(
        "folders, keys, passwords and addresses are seen",
        arguments: [
            "let x = \"/home/anna/beraad\"", "-----BEGIN EC PRIVATE KEY-----", "https://me:secret@example.org/",
            "announce 8.8.4.4", "the host (51.15.0.9) answers",
        ])
    func machines(text: String) {
        #expect(SourceRules.machine(self.file(text)).count == 1)
    }

    @Test("loopback, private and documentation addresses and versions are no secrets")
    func harmless() {
        let text =
            "127.0.0.1 10.77.0.1 192.0.2.7 0.0.0.0 version 1.2.3 RFC 8445 §7.3.1.1 Chromium 156.0.8078.79 https://example.org/a"
        #expect(SourceRules.machine(self.file(text)) == [])
    }

    @Test("@unchecked Sendable needs its reason near it")
    func unchecked() {
        let bad = "// It is fine.\nfinal class Worker: @unchecked Sendable {}"
        let good = "// Sendable because one thread owns it.\nfinal class Worker: @unchecked Sendable {}"
        #expect(SourceRules.unchecked(self.file(bad)).count == 1)
        #expect(SourceRules.unchecked(self.file(good)) == [])
    }

    @Test("unsafe code is seen in the wrong place, and without a reason in the right one")
    func unsafe() {
        let text = "let x = unsafe pointer.load(as: UInt8.self)"
        #expect(SourceRules.unsafe(self.file(text)).count == 1)
        #expect(SourceRules.unsafe(self.file(text, path: "Sources/SFU/A.swift")).count == 1)
        #expect(SourceRules.unsafe(self.file("// SAFETY: a\n" + text, path: "Sources/SFU/A.swift")) == [])
        #expect(SourceRules.unsafe(self.file("// unsafe words in a comment")) == [])
    }
}
