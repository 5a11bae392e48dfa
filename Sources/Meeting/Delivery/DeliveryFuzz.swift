internal import Crypto
internal import Wire

/// The door of the delivery service that a stranger's bytes come through, for a fuzzer: it takes anything and never
/// traps. A round trip that does not hold traps on purpose.
package enum DeliveryFuzz {
    /// Bytes as one binary message: as a frame in both directions, and then as what each of three connections says to a
    /// running meeting (a member, another one, somebody who waits), a quarter of a second apart.
    package static func frame(_ bytes: [UInt8]) {
        self.roundTrip(bytes)
        var delivery = self.running
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
    private static let group = GroupID([UInt8](repeating: 0x11, count: 16) + [UInt8](repeating: 0x22, count: 16))

    /// A meeting with two members in epoch 1 and one who waits. Made once: signatures cost more than all else.
    private static let running = DeliveryFuzz.started()

    private static func started() -> Delivery {
        let meeting = DeliveryMeeting(id: [UInt8](repeating: 0x11, count: 16), instance: 0)
        var delivery = Delivery(meeting: meeting, installationSecret: [UInt8](repeating: 1, count: 32))
        var generator = Numbers()
        for (index, connection) in self.connections.enumerated() {
            let gate: DeliveryGate = index == 2 ? .waits : .joins
            let greeting = delivery.connect(connection, gate: gate, now: self.start, using: &generator)
            guard index < 2, case .send(_, let frame) = greeting[0], case .hello(let hello) = try? DeliveryEvent(frame)
            else { continue }
            for command in self.founding(LeafIndex(UInt32(index)), hello.challenge) {
                let bytes = command.frame(request: 1).encoded
                _ = delivery.receive(bytes, from: connection, now: self.start, unixSeconds: 0)
            }
        }
        _ = delivery.elapse(now: self.start + Founding.election)
        precondition(delivery.main == self.group, "the group of two is there")
        return delivery
    }

    private static func founding(_ leaf: LeafIndex, _ challenge: [UInt8]) -> [DeliveryCommand] {
        let signed = LabelledSignature.content(challenge + self.group.bytes, label: "bind")
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 5, count: 32)),
            let publicKey = LeafKey(Array(key.publicKey.rawRepresentation)),
            let signature = try? key.signature(for: signed)
        else { preconditionFailure("32 bytes are a key, and it signs anything") }
        var info = ByteWriter()
        info.append([0, 1, 0, 4, 0, 1, 0xF0, 0xB1])
        self.group.write(to: &info)
        info.u64(1)
        let creator = Added(leaf: leaf, key: publicKey, reference: KeyPackageReference([]))
        return [
            .create(.init(groupInfo: info.bytes, tree: [1], creator: creator)),
            .bind(.init(group: self.group, leaf: leaf, chain: nil, signature: Array(signature))),
        ]
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
