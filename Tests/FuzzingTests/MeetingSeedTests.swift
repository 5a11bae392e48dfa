import BeraadTesting
import E2EE
import Foundation
import Fuzzing
import Testing

/// Seeds for the doors of the engine: what a real meeting says, each sort of frame once.
@Suite("Seeds out of a meeting")
struct MeetingSeedTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fuzz/corpus")

    /// What was said in a meeting with an admission, a removal, a lock, a co-host for a second and a comparison: frames of the server by whom they
    /// went to, and those of clients by whom they came from, each sort once.
    private func heard() throws -> (server: [String: [UInt8]], client: [String: [UInt8]]) {
        var server: [String: [UInt8]] = [:]
        var client: [String: [UInt8]] = [:]
        let found = MeetingScript.meeting { meeting in
            meeting.serverSays = { member, bytes in
                let name = "\(member.name)-\(Self.sort(bytes))"
                if server[name] == nil { server[name] = bytes }
                return bytes
            }
            meeting.clientSays = { member, bytes in
                let name = "\(member.name)-\(Self.sort(bytes))"
                if client[name] == nil { client[name] = bytes }
                return bytes
            }
        }
        let (meeting, people) = try #require(found)
        meeting.tell(people[0], .compare)
        meeting.run(6_000)
        meeting.tell(people[0], .lock(true))
        meeting.run(1_000)
        let bram = try #require(people[0].key(of: "Bram"))
        for command in [EngineCommand.makeCohost(bram), .withdrawCohost(bram)] {
            meeting.tell(people[0], command)
            meeting.run(1_000)
        }
        meeting.tell(people[0], .eject(bram))
        meeting.run(3_000)
        return (server, client)
    }

    /// Nobody signed it, which is no matter for how it is read.
    private static var pass: ReentryPass {
        let key = [UInt8](repeating: 6, count: 32), signature = [UInt8](repeating: 7, count: 64)
        let instance = MeetingInstance(meetingID: [UInt8](repeating: 5, count: 16), number: 0)
        var certificate = RoleCertificate(
            instance, issuer: key, subject: key, .leaf, .host, .admit, notBefore: 1, notAfter: 2,
            serial: [UInt8](repeating: 8, count: 8))
        certificate.signature = signature
        var pass = ReentryPass(instance, generation: 1, subject: key, issuer: Chain([certificate]))
        pass.signature = signature
        return pass
    }

    /// What people say, each body once, by its sort.
    private static var said: [(String, UInt8, [UInt8])] {
        let key = [UInt8](repeating: 6, count: 32), id = [UInt8](repeating: 1, count: 16)
        let file = FileRef(
            blobID: id, key: key, size: 9, hash: key, name: Array("plan.pdf".utf8),
            mediaType: Array("application/pdf".utf8), expires: 0)
        let sealed = HPKECiphertext(kemOutput: [1, 2], ciphertext: [3, 4, 5])
        return [
            ("chat", 16, Chat(text: Array("Hoi".utf8), replyTo: id, files: [file]).encoded),
            ("chat-change", 17, ChatChange(target: id, act: .edit, text: Array("Hé".utf8)).encoded),
            ("reaction", 18, Reaction(emoji: Array("👍".utf8)).encoded), ("hand", 19, Hand(isUp: true).encoded),
            ("direct", 20, Direct(to: 4, sealed).encoded),
            ("moderation", 21, Moderation(target: key, act: .mute).encoded),
            ("moderation-all", 21, Moderation(target: nil, act: .askToUnmute).encoded),
            ("spotlight", 22, Spotlight(on: key).encoded), ("lobby-key", 23, key),
            ("command-features", 9, EngineCommand.setFeatures(.coaching).encoded),
            ("command-withdraw", 9, EngineCommand.withdrawCohost(key).encoded),
            ("command-direct", 9, EngineCommand.direct([key], kind: 16, body: [1]).encoded),
            ("command-rename", 9, EngineCommand.rename(Array("Anna".utf8)).encoded),
            ("command-revoke", 9, EngineCommand.revokeTicket(key).encoded),
            ("draft", 24, Self.draft.encoded), ("personal", 25, Self.personal),
        ]
    }

    /// A meeting that a page wants.
    private static var draft: DraftOrder {
        DraftOrder(
            MeetingInstance(meetingID: [UInt8](repeating: 5, count: 16), number: 0), .waiting, .coaching,
            membersMax: 2, notBefore: 1, notAfter: 2, profile: Array("coaching".utf8),
            profileHash: [UInt8](repeating: 9, count: 32),
            MeetingCard(
                title: Array("Overleg".utf8), hostName: Array("Anna".utf8), agenda: [], language: Array("nl".utf8),
                start: 3, minutes: 45))
    }

    /// A personal link that it wants: for occurrence 0, with the right to enter, between the seconds 1 and 2, then a host link.
    private static var personal: [UInt8] {
        let path = Array("AAECAwQFBgcICQoLDA0ODw".utf8)
        let fragment = Array("AhAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw".utf8)
        let head: [UInt8] = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2]
        return head + [UInt8(path.count)] + path + [0x40, UInt8(fragment.count)] + fragment
    }

    /// A frame's first byte, and of a group's message what it is.
    private static func sort(_ bytes: [UInt8]) -> String { String(bytes.first ?? 0, radix: 16) }

    /// `BERAAD_REWRITE=1 ./test unit` writes the seeds anew after a change of the protocol.
    @Test("A meeting says every sort of frame that the engine reads, and none of them said once more breaks anything")
    func seeds() throws {
        let (server, client) = try self.heard()
        #expect(server.count >= 12 && client.count >= 12, "\(server.keys.sorted()) \(client.keys.sorted())")
        let numbers = ["Anna": UInt8(0), "Bram": 1, "Chris": 2]
        var scripts: [String: [UInt8]] = [:]
        for (frames, kind) in [(server, UInt8(0)), (client, 2)] {
            for (name, bytes) in frames where bytes.count < 8_000 {
                let person = numbers[String(name.prefix { $0 != "-" })] ?? 0
                let length = [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)]
                scripts["\(kind == 0 ? "to" : "from")-\(name)"] = [person << 2 | kind] + length + bytes
            }
        }
        for script in scripts.values { FuzzTarget.meetingScript.run(script) }
        guard ProcessInfo.processInfo.environment["BERAAD_REWRITE"] == "1" else { return }
        try self.write(scripts, "meeting-script")
        var parts: [String: [UInt8]] = [:]
        for (name, bytes) in server.merging(client, uniquingKeysWith: { first, _ in first }) where bytes.count < 8_000 {
            parts["frame-\(name)"] = [0] + bytes
            guard let frame = try? Frame(decoding: bytes) else { continue }
            if frame.type == 0x48 { parts["data-\(name)"] = [1] + frame.body }
            if frame.type == 0x47 { parts["lobby-\(name)"] = [2] + frame.body }
        }
        let plain: [(String, UInt8, [UInt8])] = [
            (
                "app", 3,
                AppMessage(kind: .chat, id: [UInt8](repeating: 1, count: 16), sentMilliseconds: 5, body: [1, 2]).encoded
            ),
            (
                "beacon", 4,
                Beacon(
                    epoch: 3, confirmedTranscriptHash: [UInt8](repeating: 2, count: 32), members: 3,
                    monotonicMilliseconds: 9
                ).encoded
            ),
            (
                "start", 6,
                CompareStart(round: [UInt8](repeating: 1, count: 16), commitment: [UInt8](repeating: 2, count: 32))
                    .encoded
            ),
            (
                "nonce", 7,
                CompareNonce(round: [UInt8](repeating: 1, count: 16), nonce: [UInt8](repeating: 2, count: 32)).encoded
            ),
            (
                "reveal", 8,
                CompareReveal(
                    round: [UInt8](repeating: 1, count: 16), nonce: [UInt8](repeating: 2, count: 32), leaves: [0, 4]
                ).encoded
            ),
            ("command-admit", 9, EngineCommand.admit([[UInt8](repeating: 3, count: 32)]).encoded),
            ("command-send", 9, EngineCommand.send(kind: 16, body: [1], deliverTo: [2]).encoded),
            ("command-rotate", 9, EngineCommand.rotateLink.encoded),
            ("passes", 12, Passes([Self.pass]).encoded), ("invite", 13, [UInt8](repeating: 4, count: 16)),
            ("challenge", 14, FreshnessChallenge(nonce: [UInt8](repeating: 5, count: 16)).encoded),
            (
                "response", 15,
                FreshnessResponse(
                    Beacon(
                        epoch: 3, confirmedTranscriptHash: [UInt8](repeating: 2, count: 32), members: 3,
                        monotonicMilliseconds: 9),
                    nonces: [[UInt8](repeating: 5, count: 16), [UInt8](repeating: 6, count: 16)]
                ).encoded
            ),
        ]
        for (name, sort, bytes) in plain + Self.said { parts[name] = [sort] + bytes }
        try self.write(parts, "engine-part")
        try self.write(["meeting": self.log(server, client)], "group-log")
    }

    /// The tree a meeting began with, and what was ordered after it.
    private func log(_ server: [String: [UInt8]], _ client: [String: [UInt8]]) throws -> [UInt8] {
        let create = try ClientFrame(try Frame(decoding: try #require(client["Anna-1"])))
        guard case .create(_, let tree, _) = create else { return [] }
        let messages = try server.keys.sorted().compactMap { name -> [UInt8]? in
            guard name.hasSuffix("-43"), let bytes = server[name],
                case .event(let event) = try ServerFrame(try Frame(decoding: bytes))
            else { return nil }
            return event.message.encoded
        }
        return tree + messages.flatMap { $0 }
    }

    private func write(_ seeds: [String: [UInt8]], _ folder: String) throws {
        let folder = Self.corpus.appending(path: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, bytes) in seeds { try Data(bytes).write(to: folder.appending(path: name)) }
    }
}
