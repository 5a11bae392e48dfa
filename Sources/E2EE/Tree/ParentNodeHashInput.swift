internal import Wire

/// A parent, blank or not, with the hashes below it (RFC 9420 §7.8).
struct ParentNodeHashInput: TLSWritable, Sendable {
    var parentNode: ParentNode?
    var leftHash: [UInt8]
    var rightHash: [UInt8]

    func write(to writer: inout ByteWriter) {
        writer.optional(self.parentNode)
        writer.vector(self.leftHash)
        writer.vector(self.rightHash)
    }
}
