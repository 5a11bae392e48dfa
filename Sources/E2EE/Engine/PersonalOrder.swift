internal import Wire

/// What a page asks for when it makes a personal link, as bytes (`docs/wasm.md`). The host link in it is kept like every
/// link.
struct PersonalOrder: Sendable {
    /// Which occurrence of the meeting.
    let instance: UInt32
    /// Whoever has it need not wait.
    let mayEnter: Bool
    /// Unix seconds.
    let notBefore: UInt64
    /// Unix seconds, later than that.
    let notAfter: UInt64
    /// The host's.
    let link: HeldLink

    /// Reads the fields in order, to the last byte.
    init(_ bytes: [UInt8]) throws(E2EEError) {
        do throws(WireError) {
            var reader = ByteReader(bytes.rawSpan)
            self.instance = try reader.u32()
            self.mayEnter = try reader.flag()
            self.notBefore = try reader.u64()
            self.notAfter = try reader.u64()
            self.link = try HeldLink(reading: &reader)
            try reader.end()
            guard self.notBefore < self.notAfter else { throw .illegalValue }
        } catch {
            throw E2EEError(.codec, .malformed)
        }
    }
}
