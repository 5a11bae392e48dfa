package import Wire

/// How a leaf node came into the tree, with what belongs to that way (RFC 9420 §7.2).
package enum LeafNodeSource: TLSStruct, Equatable, Sendable {
    /// From a key package, usable for a time.
    case keyPackage(Lifetime)
    /// From an Update.
    case update
    /// From a Commit; holds the parent hash.
    case commit([UInt8])

    /// Reads the sort, then what belongs to it.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.u8() {
        case 1: self = .keyPackage(try Lifetime(reading: &reader))
        case 2: self = .update
        case 3: self = .commit(try reader.opaque())
        default: throw .illegalValue
        }
    }

    /// Writes the sort, then what belongs to it.
    package func write(to writer: inout ByteWriter) {
        switch self {
        case .keyPackage(let lifetime):
            writer.u8(1)
            lifetime.write(to: &writer)
        case .update: writer.u8(2)
        case .commit(let parentHash):
            writer.u8(3)
            writer.vector(parentHash)
        }
    }
}
