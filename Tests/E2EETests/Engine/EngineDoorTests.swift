import E2EE
import Testing

/// The engine behind bytes and numbers, as the WebAssembly module has it.
@Suite("The engine's doors")
struct EngineDoorTests {
    private static let path = Array("AAECAwQFBgcICQoLDA0ODw".utf8)
    private static let guest = Array("ARAREhMUFRYXGBkaGxwdHh95ZVhzPdwKbqA9iLXTxxg2".utf8)
    private static let host = Array("AhAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-Pw".utf8)
    private static let invite = hex("c5735c90d8b86be438e4c76d8cde1c2d")

    private static func link(_ fragment: [UInt8]) -> [UInt8] {
        let count = fragment.count < 64 ? [UInt8(fragment.count)] : [0x40, UInt8(fragment.count)]
        return [UInt8(Self.path.count)] + Self.path + count + fragment
    }

    private static var config: EngineConfig {
        EngineConfig(
            name: Array("Anna".utf8), language: Array("nl".utf8), clientVersion: 1, buildHash: [], wordlist: 2)
    }

    @Test("A link tells its kind and the id of its invite, and passes on the common one")
    func open() throws {
        var door = EngineDoor(SwiftCryptoProvider())
        for (kind, fragment) in [(UInt8(1), Self.guest), (2, Self.host)] {
            let opened = try door.open(Self.link(fragment))
            #expect(opened == [kind] + Self.invite)
            let common = try door.guestFragment()
            #expect(common == Self.guest)
        }
    }

    private static func opened() throws -> EngineDoor<SwiftCryptoProvider> {
        var door = EngineDoor(SwiftCryptoProvider())
        _ = try door.open(Self.link(Self.guest))
        return door
    }

    @Test("A damaged link and one of a later version are told apart; neither takes the place of the one before")
    func refused() throws {
        var door = try Self.opened()
        var errors: [E2EEError] = []
        for fragment in [Array("BR".utf8) + Self.guest.dropFirst(2), Array(Self.guest.dropLast())] {
            do throws(E2EEError) {
                _ = try door.open(Self.link(fragment))
            } catch {
                errors.append(error)
            }
        }
        #expect(errors == [E2EEError(.codec, .unsupported), E2EEError(.codec, .malformed)])
        let common = try door.guestFragment()
        #expect(common == Self.guest)
    }

    @Test("Without a link there is no engine, without an engine no input, and a forgotten link is gone")
    func order() throws {
        var door = EngineDoor(SwiftCryptoProvider())
        var closed = 0
        do throws(E2EEError) { try door.enter(Self.config.encoded, monotonic: 1, unix: 1) } catch { closed += 1 }
        _ = try door.open(Self.link(Self.guest))
        do throws(E2EEError) { try door.handle(.tick, monotonic: 1, unix: 1) } catch { closed += 1 }
        try door.enter(Self.config.encoded, monotonic: 1, unix: 1)
        try door.handle(.tick, monotonic: 1, unix: 1)
        #expect(closed == 2)
        var states: [[UInt8]] = []
        while let output = door.next() { states.append(output.form.bytes) }
        #expect(states == [[3, 1]], "checking")
        door.forget()
        do throws(E2EEError) { try door.handle(.tick, monotonic: 1, unix: 1) } catch { closed += 1 }
        do throws(E2EEError) { _ = try door.guestFragment() } catch { closed += 1 }
        #expect(closed == 4)
    }

    @Test("A clock that no browser has is refused, and one that goes back stands still")
    func clock() throws {
        var door = try Self.opened()
        try door.enter(Self.config.encoded, monotonic: 10_000, unix: 1)
        var refused = 0
        for (monotonic, unix) in [(UInt64.max, UInt64(1)), (1, .max), (1 << 53, 1)] {
            do throws(E2EEError) {
                try door.handle(.tick, monotonic: monotonic, unix: unix)
            } catch {
                refused += 1
            }
        }
        #expect(refused == 3)
        // Nobody greets for five seconds: counted from the latest moment, not from the one the clock went back to.
        try door.handle(.connected, monotonic: 0, unix: 1)
        try door.handle(.tick, monotonic: 14_999, unix: 1)
        var forms: [[UInt8]] = []
        while let output = door.next() { forms.append(output.form.bytes) }
        #expect(!forms.contains([2]))
        try door.handle(.tick, monotonic: 15_000, unix: 1)
        while let output = door.next() { forms.append(output.form.bytes) }
        #expect(forms.contains([2]), "reconnect")
    }

    @Test("A refusal of what was to be said names its kind, and others name nothing")
    func refusals() {
        let refused: [(EngineCommand, [UInt8])] = [
            (.send(kind: 32, body: [1], deliverTo: []), [13, 10, 32]),
            (.direct([counting(from: 1, 32)], kind: 17, body: [1]), [13, 17, 17]), (.lock(true), [13, 6]),
        ]
        for (command, bytes) in refused { #expect(EngineOutput.refused(command).form.bytes == bytes) }
        // Where a person can do something about it they are told why.
        let (admit, revoke) = (EngineCommand.admit([]), EngineCommand.revokeTicket(counting(from: 1, 32)))
        #expect(EngineOutput.refused(admit).form.bytes == [13, 2, 0])
        #expect(EngineOutput.refused(admit, why: .full).form.bytes == [13, 2, 1])
        #expect(EngineOutput.refused(revoke, why: .inUse).form.bytes == [13, 19, 2])
        #expect(EngineOutput.topic([65, 66]).form.bytes == [21, 65, 66])
    }

    @Test("Every command goes there and back, and none with a key of another length is one")
    func commands() throws {
        let key = counting(from: 1, 32)
        let info = ServiceInfo(role: .captions, ownerKey: key, purposes: .transcribe, place: .server)
        let commands: [EngineCommand] = [
            .enter, .admit([]), .admit([key, key]), .refuse(key, note: [65]), .eject(key), .sendBack(key), .lock(true),
            .lock(false), .setAdmission(.open), .makeCohost(key), .continueUnhosted,
            .send(kind: 16, body: [1, 2], deliverTo: [3, 4]), .leave, .compare, .compared(true), .rotateLink,
            .setFeatures([.chat, .hostsScreen]), .withdrawCohost(key), .direct([key], kind: 16, body: [1]),
            .direct([], kind: 17, body: []), .rename([65]), .rename([]), .revokeTicket(key),
            .message(key, text: [65]), .consent(key, info, isGiven: true, text: [65]),
            .consent(key, info, isGiven: false, text: []),
        ]
        for command in commands {
            #expect(try EngineCommand(decoding: command.encoded) == command)
            #expect(throws: E2EEError.self) { try EngineCommand(decoding: command.encoded + [0]) }
        }
        for command: EngineCommand in [
            .eject([1]), .admit([[1]]), .makeCohost([]), .refuse([2], note: []), .withdrawCohost([1]),
            .direct([[1]], kind: 16, body: []), .direct(Array(repeating: key, count: 33), kind: 16, body: []),
            .rename([UInt8](repeating: 65, count: 121)), .message([2], text: [65]),
            .message(key, text: [UInt8](repeating: 65, count: 501)), .consent([1], info, isGiven: true, text: []),
            .consent(key, info, isGiven: true, text: [UInt8](repeating: 65, count: 8_193)),
        ] {
            #expect(throws: E2EEError.self) { try EngineCommand(decoding: command.encoded) }
        }
        #expect(throws: E2EEError.self) { try EngineCommand(decoding: [6, 2]) }
        #expect(throws: E2EEError.self) { try EngineCommand(decoding: [22]) }
        #expect(throws: E2EEError.self) { try EngineCommand(decoding: [19, 1]) }
        #expect(try EngineCommand(decoding: [15, 0, 0, 0x18, 1]) == .setFeatures([.chat, .hostsChat, .hostsScreen]))
        #expect(throws: E2EEError.self) { try EngineCommand(decoding: []) }
    }

    @Test("A name that would not fit into what is sent is refused before there is an engine")
    func names() throws {
        var door = try Self.opened()
        var config = Self.config
        config.name = [UInt8](repeating: 65, count: 129)
        var isRefused = false
        do throws(E2EEError) {
            try door.enter(config.encoded, monotonic: 1, unix: 1)
        } catch {
            isRefused = true
        }
        let output = door.next()
        #expect(isRefused && output == nil)
    }
}
