import Testing

@Suite("What the server writes to its log")
struct LogRulesTests {
    @Test("no log call of a server module holds an address, a name, a link or a key")
    func calls() throws {
        let folders = ModuleTable.server.union(["MediaCore", "MediaCrypto", "Signalling"]).map { "Sources/\($0)/" }
        let files = try Repository().files(in: folders, endings: [".swift"])
        #expect(files.flatMap(LogRules.check) == [])
    }

    @Test(
        "a word that may not leak is seen",
        arguments: [
            #"logger.info("joined from \(peer.remoteAddress)")"#,
            #"log.debug("x", metadata: ["u": "\(credentials.ufrag)"])"#,
            "logger.error(\n    \"failed\",\n    metadata: [\"k\": .string(self.key)])", #"print("link: \(link)")"#,
        ])
    func bad(text: String) {
        #expect(LogRules.check(.init(path: "Sources/Edge/A.swift", text: text)).count == 1)
    }

    @Test(
        "fixed words, counts and redacted values may be written",
        arguments: [
            #"logger.info("no address could be bound")"#, #"logger.info("\(rooms.count) rooms")"#,
            #"logger.info("from \(Redacted(address))")"#, "let address = 1",
        ])
    func good(text: String) {
        #expect(LogRules.check(.init(path: "Sources/Edge/A.swift", text: text)) == [])
    }
}
