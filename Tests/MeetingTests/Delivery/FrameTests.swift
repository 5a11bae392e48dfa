import Meeting
import Testing
import Wire

@Suite("Frames of the delivery service")
struct FrameTests {
    private static let group = DeliveryScene.group

    /// One of each type, in the order of the table in `e2ee.md` 5.
    static func commands() throws -> [DeliveryCommand] {
        let key = Authority.publicKey(of: Authority.signingKey(9))
        let added = Added(leaf: LeafIndex(3), key: key, reference: KeyPackageReference([1, 2]))
        let hash = RequestHash(of: [1])
        let chain = try Authority().chain(.host, for: key)
        return [
            .create(.init(groupInfo: MLSBytes.groupInfo(self.group, 0), tree: [1, 2, 3], creator: added)),
            .knock(try LobbyBytes.request()),
            .reveal(.init(request: hash, nonce: [UInt8](repeating: 4, count: 32))),
            .answer(try LobbyBytes.answer(hash, chain)),
            .note(.init(request: hash, encapsulated: [1], ciphertext: [2], decision: .soon)),
            .commit(
                .init(
                    group: self.group, epoch: 4, commit: MLSBytes.commit(self.group, 4, .member(0)), added: [added],
                    removed: [LeafIndex(1)], welcome: MLSBytes.welcome(), groupInfo: MLSBytes.groupInfo(self.group, 5))),
            .propose(MLSBytes.proposal(self.group, 4, .member(0))),
            .app(.init(message: MLSBytes.app(self.group, 4), recipients: [LeafIndex(1)], keep: .retained)),
            .get(.init(what: .log, group: self.group, from: 7, hash: [])),
            .keyPackages(MLSBytes.keyPackage()),
            .reserve(self.group),
            .fault(.init(group: self.group, epoch: 4, code: 66, evidence: [1])),
            .ack(.init(group: self.group, seq: 9, verdict: .ok)),
            .snapshot(.init(group: self.group, epoch: 5, tree: [9], groupInfo: MLSBytes.groupInfo(self.group, 5))),
            .bind(
                .init(group: self.group, leaf: LeafIndex(0), chain: chain, signature: [UInt8](repeating: 1, count: 64))),
            .withdraw(key),
        ]
    }

    static func events() throws -> [DeliveryEvent] {
        let key = Authority.publicKey(of: Authority.signingKey(9))
        return [
            .hello(.init(challenge: [UInt8](repeating: 1, count: 32), key: key)), .ok, .failed(.unknownGroup),
            .ordered(.init(group: self.group, seq: 1, message: MLSBytes.app(self.group, 0))),
            .welcome(.init(message: MLSBytes.welcome(), seq: 2, reference: KeyPackageReference([5]))),
            .duty(.init(group: self.group, epoch: 3, task: .uploadSnapshot)),
            .lost(.init(group: self.group, leaf: LeafIndex(3), sinceMilliseconds: 4)),
            .lobby(.request(try LobbyBytes.request())),
            .data(.log(next: 3, last: 2, entries: [LogLine(seq: 2, message: [1, 2])])), .ended(self.group),
            .voided(.init(group: self.group, seq: 8)),
            .candidate(
                .init(group: self.group, seq: 1 << 63, message: MLSBytes.commit(self.group, 0, .newMemberCommit))),
        ]
    }

    @Test("every frame of a client has its number, and reads as it was written")
    func commandsRoundTrip() throws {
        for (index, command) in try Self.commands().enumerated() {
            let frame = command.frame(request: 77)
            #expect(frame.type == UInt8(index + 1))
            let again = try Frame(decoding: frame.encoded)
            #expect(again.request == 77)
            #expect(try DeliveryCommand(again) == command)
        }
    }

    @Test("every frame of the server has its number, and reads as it was written")
    func eventsRoundTrip() throws {
        for (index, event) in try Self.events().enumerated() {
            let frame = event.frame(request: 0)
            #expect(frame.type == UInt8(0x40 + index))
            #expect(try DeliveryEvent(Frame(decoding: frame.encoded)) == event)
        }
    }

    @Test("a frame has a type, a number, a length and a body, and nothing behind it")
    func layout() throws {
        #expect(Frame(type: 0x0B, request: 0x0102_0304, body: [9, 8]).encoded == [0x0B, 1, 2, 3, 4, 2, 9, 8])
        #expect(throws: WireError.trailingBytes) { try Frame(decoding: [0x0B, 1, 2, 3, 4, 0, 9]) }
        #expect(throws: WireError.truncated) { try Frame(decoding: [0x0B, 1, 2, 3, 4, 2, 9]) }
        #expect(throws: WireError.malformedVarint) { try Frame(decoding: [0x0B, 1, 2, 3, 4, 0x40, 0]) }
    }

    @Test("types from 0x80 on are reserved, and a type that is not in the table is refused")
    func types() throws {
        #expect(throws: WireError.illegalValue) { try Frame(decoding: [0x80, 0, 0, 0, 0, 0]) }
        for type in [0x00, 0x11, 0x3F, 0x41, 0x7F] as [UInt8] {
            #expect(throws: WireError.illegalValue) {
                try DeliveryCommand(Frame(type: type, request: 0, body: []))
            }
        }
    }

    @Test("a frame over two megabytes, a tree, a Commit or a list beyond its limit is refused")
    func sizes() throws {
        let huge = [UInt8](repeating: 0, count: Frame.bytesAtMost + 1)
        #expect(throws: WireError.tooLarge) { try Frame(decoding: huge) }
        let key = Authority.publicKey(of: Authority.signingKey(9))
        let added = Added(leaf: LeafIndex(3), key: key, reference: KeyPackageReference([]))
        let tooMany = DeliveryCommand.commit(
            .init(
                group: Self.group, epoch: 0, commit: [], added: [Added](repeating: added, count: 129), removed: [],
                welcome: [], groupInfo: []))
        #expect(throws: WireError.tooLarge) { try DeliveryCommand(tooMany.frame(request: 0)) }
        let long = [UInt8](repeating: 0, count: 1 << 20 | 1)
        let tooLong = DeliveryCommand.commit(
            .init(group: Self.group, epoch: 0, commit: long, added: [], removed: [], welcome: [], groupInfo: []))
        #expect(throws: WireError.tooLarge) { try DeliveryCommand(tooLong.frame(request: 0)) }
        let bigApp = MLSBytes.app(Self.group, 0, count: 68_000)
        let app = DeliveryCommand.app(.init(message: bigApp, recipients: [], keep: .fleeting))
        #expect(throws: WireError.tooLarge) { try DeliveryCommand(app.frame(request: 0)) }
    }

    @Test("a withdrawn key has 32 bytes, no fewer and none behind them")
    func withdraw() throws {
        for (count, error) in [(31, WireError.truncated), (33, .trailingBytes), (0, .truncated)] {
            let frame = Frame(type: 0x10, request: 0, body: [UInt8](repeating: 1, count: count))
            #expect(throws: error) { try DeliveryCommand(frame) }
        }
    }

    @Test("ids of groups, leaves, keys and knocks print nothing")
    func unprintable() {
        #expect("\(Self.group)" == "{REDACTED}")
        #expect(String(reflecting: LeafIndex(4)) == "{REDACTED}")
        #expect("\(KeyPackageReference([1]))\(RequestHash(of: [1]))" == "{REDACTED}{REDACTED}")
    }
}
