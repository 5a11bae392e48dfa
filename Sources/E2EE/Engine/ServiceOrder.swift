internal import Wire

/// What a page asks for when it makes a job for a service, as bytes (`docs/wasm.md`). The host link in it is kept like every
/// link.
struct ServiceOrder: Sendable {
    /// Which occurrence of the meeting.
    let instance: UInt32
    let info: ServiceInfo
    /// Unix seconds.
    let notBefore: UInt64
    /// Unix seconds, later than that.
    let notAfter: UInt64
    /// The host's.
    let link: HeldLink

    /// Reads the fields in order, to the last byte. It is for something, and for nothing that has no name here.
    init(_ bytes: [UInt8]) throws(E2EEError) {
        do throws(WireError) {
            var reader = ByteReader(bytes.rawSpan)
            self.instance = try reader.u32()
            self.info = try ServiceInfo(reading: &reader)
            self.notBefore = try reader.u64()
            self.notAfter = try reader.u64()
            self.link = try HeldLink(reading: &reader)
            try reader.end()
            guard self.notBefore < self.notAfter, !self.info.purposes.isEmpty,
                self.info.purposes.isSubset(of: .known)
            else { throw .illegalValue }
        } catch {
            throw E2EEError(.codec, .malformed)
        }
    }
}
