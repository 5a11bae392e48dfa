import E2EE
import Testing

@Suite("What members tell each other, on the wire")
struct ApplicationCodecTests {
    @Test("passes are read from their own bytes and from nothing else, and only so many")
    func passes() throws {
        let passes = Passes([pass(.anna), pass(.bram, generation: 3)])
        let bytes = passes.encoded
        #expect(try Passes(decoding: bytes) == passes)
        for wrong in [bytes + [0], Array(bytes.dropLast()), [0x40, 0], []] {
            #expect(throws: E2EEError(.codec, .malformed)) { _ = try Passes(decoding: wrong) }
        }
        let full = Array(repeating: pass(.anna), count: 128)
        #expect(try Passes(decoding: Passes(full).encoded).passes.count == 128)
        #expect(throws: E2EEError(.codec, .malformed)) {
            _ = try Passes(decoding: Passes(full + [pass(.anna)]).encoded)
        }
        let door = [12] + bytes
        EngineFuzz.part(door.span)
    }

    @Test("the secret of a link has sixteen bytes")
    func invite() throws {
        let bytes = counting(from: 1, 16)
        #expect(try InviteUpdate(decoding: bytes).encoded == bytes)
        for wrong in [Array(bytes.dropLast()), bytes + [0], []] {
            #expect(throws: E2EEError(.codec, .malformed)) { _ = try InviteUpdate(decoding: wrong) }
        }
        let door = [13] + bytes
        EngineFuzz.part(door.span)
    }
}
