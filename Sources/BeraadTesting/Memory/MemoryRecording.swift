internal import E2EE

/// One guest's whole meeting, as bytes that can be played to an engine again: natively, and in the browser's module, where
/// nobody sees the secrets come by. With the same seed the same secrets come of it, for the guest only follows: whatever
/// the others did was sealed once, when this was recorded.
package struct MemoryRecording: Codable, Equatable, Sendable {
    /// Something the engine was told.
    package struct Input: Codable, Equatable, Sendable {
        /// The door of the module: `connected`, `wire` or `tick`.
        package var door: String
        /// Milliseconds.
        package var monotonic: UInt64
        /// Unix milliseconds.
        package var unix: UInt64
        /// In hexadecimal; empty where a door takes none.
        package var bytes: String
    }

    /// A secret with what it is.
    package struct Named: Codable, Hashable, Sendable {
        /// Such as `mls exporter of epoch 3`.
        package var name: String
        /// In hexadecimal.
        package var bytes: String
    }

    /// Of the guest's random numbers (`SeededGenerator`, one byte a number).
    package var seed: UInt64
    /// The link's path, ASCII.
    package var path: String
    /// The link's fragment, ASCII.
    package var fragment: String
    /// The engine's configuration, in hexadecimal.
    package var config: String
    /// From the first connection on.
    package var inputs: [Input]
    /// Of the epoch in the end, in hexadecimal.
    package var group: String
    /// The number of that epoch.
    package var epoch: UInt64
    /// The number of the next message.
    package var next: UInt64
    /// What must be gone in the end.
    package var gone: [Named]
    /// What must be there in the end.
    package var held: [Named]

    private static let config = EngineConfig(
        name: Array("Bram".utf8), language: Array("nl".utf8), clientVersion: 1, buildHash: [], wordlist: 2)

    /// Records a meeting in which people come, talk, are ejected and leave; Bram follows it all. Every time another one, for
    /// the real KEM has its own random numbers.
    package static func record(seed: UInt64) throws -> MemoryRecording {
        let story = try MemoryStory(seed: seed)
        var inputs: [Input] = []
        story.meeting.engineHears = { member, input, time in
            guard member.name == "Bram" else { return }
            func add(_ door: String, _ bytes: [UInt8] = []) {
                inputs.append(
                    Input(door: door, monotonic: time.monotonic, unix: time.unix, bytes: Self.hexadecimal(bytes)))
            }
            switch input {
            case .connected: add("connected")
            case .wire(let bytes): add("wire", bytes)
            case .tick: add("tick")
            // What a guest says is nothing the engine hears later; to come in is said when the recording is played.
            case .command, .disconnected: break
            }
        }
        // An answer at the door is to a card that was sealed with other random numbers than it will be when this is played.
        story.meeting.serverSays = { member, bytes in
            guard member.name == "Bram", let frame = try? Frame(decoding: bytes),
                case .lobby(let said)? = try? ServerFrame(frame), case .answer? = try? LobbyFrame(decoding: said)
            else { return bytes }
            return nil
        }
        try story.play(bram: SeededCryptoProvider(seed: seed, hasRealKEM: true))
        let links = story.meeting.links
        var recording = MemoryRecording(
            seed: seed, path: String(decoding: links.path, as: UTF8.self),
            fragment: String(decoding: links.guest, as: UTF8.self), config: Self.hexadecimal(Self.config.encoded),
            inputs: inputs, group: "", epoch: 0, next: 0, gone: [], held: [])
        try recording.settle()
        // What the knock is sealed with is another secret each time: nobody else would find it.
        let first = Set(recording.gone)
        try recording.settle()
        recording.gone.removeAll { !first.contains($0) }
        return recording
    }

    /// Plays the inputs to an engine, and writes down where it stands then.
    package mutating func settle() throws {
        let ledger = SecretLedger()
        let crypto = SeededCryptoProvider(seed: self.seed, hasRealKEM: true, ledger: ledger)
        let link = try Link(
            meetingID: Array(self.path.utf8).span, fragment: Array(self.fragment.utf8).span, crypto)
        let bram = TestMember("Bram", try Engine(link, Self.config, crypto), ledger)
        func tell(_ input: EngineInput, _ monotonic: UInt64, _ unix: UInt64) {
            bram.engine.handle(input, now: EngineTime(monotonic: monotonic, unix: unix))
            while let output = bram.engine.next() { bram.note(output, at: monotonic) }
        }
        // The module's engine begins with the wish to come in.
        if let first = self.inputs.first { tell(.command(.enter), first.monotonic, first.unix) }
        for input in self.inputs {
            switch input.door {
            case "connected": tell(.connected, input.monotonic, input.unix)
            case "wire": tell(.wire(Self.bytes(input.bytes)), input.monotonic, input.unix)
            default: tell(.tick, input.monotonic, input.unix)
            }
        }
        guard bram.isLive, let next = bram.engine.nextSequence, let group = bram.engine.groupID else { throw Broken() }
        var schedule = try bram.schedule(linkKeys: [])
        schedule.isOfOne = true
        self.group = Self.hexadecimal(group)
        self.epoch = bram.epoch ?? 0
        self.next = next
        (self.gone, self.held) = ([], [])
        for entry in ledger.entries {
            let named = Named(name: entry.name, bytes: Self.hexadecimal(Mask.removed(from: entry.masked)))
            switch schedule.fate(of: entry) {
            case .gone: self.gone.append(named)
            case .held: self.held.append(named)
            case .either: break
            }
        }
    }

    /// The engine does not get through a recording: the protocol is another one since.
    package struct Broken: Error {}

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ text: String) -> [UInt8] {
        let digits = text.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
