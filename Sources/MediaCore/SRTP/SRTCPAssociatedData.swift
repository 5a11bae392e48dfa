/// What GCM proves of an SRTCP packet besides its ciphertext (RFC 7714 §9.2): the readable header and the index word,
/// which stand apart on the wire.
enum SRTCPAssociatedData {
    static func withBytes<Result>(
        _ packet: UnsafeRawBufferPointer, word: UInt32, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        // SAFETY: the caller checked that the header's 8 bytes are there; 12 bytes of this stack frame are lent.
        var data = unsafe (packet.loadUnaligned(as: UInt64.self), word.bigEndian)
        return unsafe withUnsafeBytes(of: &data) { unsafe body($0.part(0..<12)) }
    }
}
