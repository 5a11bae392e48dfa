import MediaCore
import MediaCrypto
import Testing
import Wire

@Suite("Media goes where somebody proved to receive it")
struct PathProofTests {
    private let stranger = PathKey.v4(0x0A63_6363, port: 53)

    /// Media and reports that went to the stranger.
    private func aimed(_ pair: EndpointPair) -> Int {
        pair.sent(to: self.stranger).filter { $0.kind == .rtp || $0.kind == .rtcp }.count
    }

    private func challenges(_ pair: EndpointPair, to path: PathKey) -> [STUNMessage] {
        pair.sent(to: path).filter { $0.kind == .stun }.compactMap { try? STUNMessage($0.bytes) }
            .filter { $0.messageClass == .request }
    }

    @Test("a whole handshake over the selected path proves it at once: no challenge, and media in the same moment")
    func joinIsFast() throws {
        let pair = try EndpointPair()
        while !pair.areConnected, pair.now < .zero + .seconds(5) { pair.run(for: .milliseconds(1)) }
        #expect(pair.serverSends([1], stream: 0, sequence: 1) > 0)
        #expect(self.challenges(pair, to: pair.clientPath).isEmpty)
        // Check, nomination, two flights: four one-way trips each way of 10 ms.
        #expect(pair.now < .zero + .milliseconds(100))
    }

    @Test("a nomination forged from a stranger's address before the join gets no media, though DTLS ends elsewhere")
    func nominatedBefore() throws {
        let pair = try EndpointPair()
        let spoofed = EndpointPair.check(nominates: true)
        pair.inject(spoofed, to: EndpointPair.serverEnd, from: self.stranger)
        // The participant who aims never nominates where he is.
        pair.tamper = { end, bytes in
            end == EndpointPair.serverEnd ? EndpointPair.withoutNomination(bytes) : bytes
        }
        pair.run(for: .seconds(2))
        #expect(pair.areConnected)
        for sequence in 1...100 as ClosedRange<UInt64> { _ = pair.serverSends([1], stream: 0, sequence: sequence) }
        pair.run(for: .seconds(5))
        #expect(self.aimed(pair) == 0)
        #expect(self.challenges(pair, to: self.stranger).count <= 3)
        #expect(!self.challenges(pair, to: self.stranger).isEmpty)
        // An honest one does nominate, and then he has his media.
        pair.tamper = { _, bytes in bytes }
        pair.run(for: .seconds(3))
        #expect(pair.selectedPath == pair.clientPath)
        #expect(pair.serverSends([1], stream: 0, sequence: 200) > 0)
        #expect(self.aimed(pair) == 0)
    }

    @Test("the last flight of DTLS from a stranger's address proves nothing")
    func finishedElsewhere() throws {
        let pair = try EndpointPair()
        pair.inject(EndpointPair.check(nominates: true), to: EndpointPair.serverEnd, from: self.stranger)
        pair.tamper = { [unowned pair] end, bytes in
            guard end == EndpointPair.serverEnd else { return bytes }
            let hasAnswered = pair.sent(to: pair.clientPath).contains { $0.kind == .dtls }
            if DatagramKind(of: bytes.rawSpan) == .dtls, hasAnswered, !pair.server.isConnected {
                pair.inject(bytes, to: end, from: self.stranger)
                return nil
            }
            return EndpointPair.withoutNomination(bytes)
        }
        pair.run(for: .seconds(2))
        #expect(pair.areConnected)
        for sequence in 1...100 as ClosedRange<UInt64> { _ = pair.serverSends([1], stream: 0, sequence: sequence) }
        pair.run(for: .seconds(5))
        #expect(self.aimed(pair) == 0)
    }

    @Test("a selected path that the handshake did not prove is challenged, and answers")
    func challengedAfterwards() throws {
        let pair = try EndpointPair()
        pair.inject(EndpointPair.check(nominates: false), to: EndpointPair.serverEnd, from: self.stranger)
        var hello: [UInt8]?
        pair.tamper = { [unowned pair] end, bytes in
            // A sealed record of nobody, from elsewhere, is enough to doubt.
            if end == EndpointPair.serverEnd, DatagramKind(of: bytes.rawSpan) == .dtls, hello != nil {
                pair.inject([0x2F, 0, 1, 0, 2, 7, 7], to: end, from: self.stranger)
            }
            if end == EndpointPair.serverEnd, DatagramKind(of: bytes.rawSpan) == .dtls { hello = bytes }
            return bytes
        }
        pair.run(for: .seconds(2))
        #expect(self.challenges(pair, to: pair.clientPath).count == 1)
        #expect(pair.serverSends([1], stream: 0, sequence: 1) > 0)
    }

    @Test("an unproven address gets at most three times what it sent, answers and challenges included")
    func budget() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        let spoofed = EndpointPair.check(nominates: true)
        pair.inject(spoofed, to: EndpointPair.serverEnd, from: self.stranger)
        pair.run(for: .seconds(3))
        let bytes = pair.sent(to: self.stranger).reduce(0) { $0 + $1.bytes.count }
        #expect(bytes > spoofed.count)
        #expect(bytes <= 3 * spoofed.count)
    }

    @Test("goodbye goes where media goes, not where the handshake was")
    func closeAfterMove() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        let old = pair.clientPath
        pair.clientPath = .v4(0x0A00_0003, port: 51_000)
        pair.run(for: .seconds(4))
        #expect(pair.selectedPath == pair.clientPath)
        let before = pair.sent(to: old).count
        pair.server.perform(.close, now: pair.now)
        pair.run(for: .seconds(1))
        #expect(pair.sent(to: old).count == before)
        #expect(pair.clientEvents.last == .ended(.closedByPeer))
    }

    @Test("no challenge follows from another: the generator does not show what it will say")
    func unpredictable() throws {
        let challenge = try self.challenge(seed: 5)
        let shown = try #require(challenge.controlled)
        var guess = SplitMix64(seed: Self.state(behind: shown))
        let guesses = (0..<64).map { _ in guess.next() }
        #expect(!guesses.contains(challenge.transaction.low))
        #expect(try self.challenge(seed: 5).transaction == challenge.transaction, "a test can be run again")
        #expect(try self.challenge(seed: 6).transaction != challenge.transaction)
        // The inversion itself is right.
        var model = SplitMix64(seed: 77)
        var copy = SplitMix64(seed: Self.state(behind: model.next()))
        #expect(copy.next() == model.next())
    }

    private func challenge(seed: UInt64) throws -> STUNMessage {
        let pair = try EndpointPair(seed: seed)
        pair.run(for: .seconds(1))
        pair.inject(EndpointPair.check(nominates: true), to: EndpointPair.serverEnd, from: self.stranger)
        return try #require(self.challenges(pair, to: self.stranger).first)
    }

    /// The state of SplitMix64 after it said `word`: its finaliser is a bijection.
    private static func state(behind word: UInt64) -> UInt64 {
        func unshift(_ word: UInt64, _ count: UInt64) -> UInt64 {
            var result = word
            for _ in 0..<3 { result = word ^ (result >> count) }
            return result
        }
        func inverse(_ odd: UInt64) -> UInt64 {
            var result = odd
            for _ in 0..<6 { result = result &* (2 &- odd &* result) }
            return result
        }
        var state = unshift(word, 31) &* inverse(0x94D0_49BB_1331_11EB)
        state = unshift(state, 27) &* inverse(0xBF58_476D_1CE4_E5B9)
        return unshift(state, 30)
    }
}
