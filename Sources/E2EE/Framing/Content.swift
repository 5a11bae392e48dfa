internal import Wire

/// The part of a message that its content type chooses (RFC 9420 §6).
package enum Content: Equatable, Sendable {
    /// Bytes of the application.
    case application([UInt8])
    /// A proposal.
    case proposal(Proposal)
    /// A Commit.
    case commit(Commit)

    /// Its type.
    package var type: ContentType {
        switch self {
        case .application: .application
        case .proposal: .proposal
        case .commit: .commit
        }
    }

    /// Reads content of a type that was written before it.
    init(_ type: ContentType, reading reader: inout ByteReader) throws(WireError) {
        switch type {
        case .application: self = .application(try reader.opaque())
        case .proposal: self = .proposal(try Proposal(reading: &reader))
        case .commit: self = .commit(try Commit(reading: &reader))
        }
    }

    /// Writes the content without its type.
    func write(to writer: inout ByteWriter) {
        switch self {
        case .application(let bytes): writer.vector(bytes)
        case .proposal(let proposal): proposal.write(to: &writer)
        case .commit(let commit): commit.write(to: &writer)
        }
    }
}
