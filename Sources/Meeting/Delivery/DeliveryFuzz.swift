internal import Crypto
internal import Wire

/// The door of the delivery service that a stranger's bytes come through, for a fuzzer: it takes anything and never
/// traps. A round trip that does not hold traps on purpose.
package enum DeliveryFuzz {
    /// Bytes as one binary message: as a frame in both directions, and then as what each of three connections says to a
    /// running meeting (a host, a member, somebody who waits), a quarter of a second apart; in a meeting at its beginning
    /// and in one whose group is in the last epoch that can be counted.
    package static func frame(_ bytes: [UInt8]) {
        self.roundTrip(bytes)
        for meeting in [self.young, self.old] { self.play(bytes, to: meeting) }
    }

    private static func play(_ bytes: [UInt8], to meeting: Delivery) {
        var delivery = meeting
        var now = self.start
        for connection in self.connections {
            now += .milliseconds(250)
            self.check(delivery.receive(bytes, from: connection, now: now, unixSeconds: 1_800_000_000))
            self.check(delivery.elapse(now: now))
        }
        self.check(delivery.disconnect(self.connections[0], now: now))
        self.check(delivery.elapse(now: now + .seconds(40)))
        self.check(delivery.end())
        precondition(delivery.isEmpty, "nothing is left")
    }

    private static func roundTrip(_ bytes: [UInt8]) {
        _ = try? MLSHead(bytes.rawSpan)  // refused is what hostile bytes are for
        guard let frame = try? Frame(decoding: bytes) else { return }
        precondition(frame.encoded == bytes, "one spelling only")
        if let command = try? DeliveryCommand(frame) {
            precondition(command.frame(request: frame.request) == frame, "one spelling only")
        }
        if let event = try? DeliveryEvent(frame) {
            precondition(event.frame(request: frame.request) == frame, "one spelling only")
        }
    }

    private static func check(_ effects: [DeliveryEffect]) {
        for case .send(let connections, let frame) in effects {
            precondition(!connections.isEmpty, "it is said to somebody")
            precondition(frame.body.count < Frame.bytesAtMost, "what is said fits")
            guard (try? DeliveryEvent(frame)) != nil else { preconditionFailure("we read what we write") }
        }
    }

    private static let start = ContinuousClock.now
    private static let connections = (1...3).map { ConnectionID(rawValue: UInt64($0)) }
    /// The group of the seeds in `Fuzz/corpus/ds-frame`.
    package static let group = GroupID([UInt8](repeating: 0x11, count: 16) + [UInt8](repeating: 0x22, count: 16))

    /// Made once each: a host and a member who hold their leaves, and one who waits.
    private static let young = DeliveryFuzz.started(at: 1)
    private static let old = DeliveryFuzz.started(at: .max)

    private static func started(at epoch: UInt64) -> Delivery {
        let meeting = DeliveryMeeting(id: [UInt8](repeating: 0x11, count: 16), instance: 0)
        var delivery = Delivery(meeting: meeting, installationSecret: [UInt8](repeating: 1, count: 32))
        var generator = Numbers()
        for (index, connection) in self.connections.enumerated() {
            let gate: DeliveryGate = index == 2 ? .waits : .joins
            _ = delivery.connect(connection, gate: gate, now: self.start, using: &generator)
        }
        var group = GroupOrder(
            id: self.group, parent: nil, key: delivery.key, successors: [],
            founding: FoundingState(groupInfo: self.groupInfo(epoch), tree: [1]), now: self.start)
        group.roster.epoch = epoch
        let key = self.memberKey
        for (index, connection) in self.connections.prefix(2).enumerated() {
            let leaf = LeafIndex(UInt32(index))
            let host = Standing(
                role: .host, rights: CertificateRole.host.rightsMax, keys: [], cohosts: [], person: nil, isDirect: true)
            group.roster.seats[leaf] = LeafSeat(key: key, since: 0, now: self.start)
            group.bind(
                leaf, GroupBinding(connection: connection, standing: index == 0 ? host : nil, keys: [key]),
                now: self.start)
        }
        delivery.groups[self.group] = group
        delivery.main = self.group
        return delivery
    }

    /// Of the seeds as well.
    private static var memberKey: LeafKey {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 5, count: 32)),
            let publicKey = LeafKey(Array(key.publicKey.rawRepresentation))
        else { preconditionFailure("32 bytes are a key") }
        return publicKey
    }

    private static func groupInfo(_ epoch: UInt64) -> [UInt8] {
        var info = ByteWriter()
        info.append([0, 1, 0, 4, 0, 1, 0xF0, 0xB1])
        self.group.write(to: &info)
        info.u64(epoch)
        return info.bytes
    }

    /// The same challenges on every run.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64 = 1

        mutating func next() -> UInt64 {
            self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return self.state
        }
    }
}
