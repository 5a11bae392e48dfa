package import Wire

/// Who somebody says to be (RFC 9420 §5.3). The engine compares credentials; what they are worth is judged elsewhere.
package enum Credential: TLSStruct, Hashable, Sendable {
    /// An identity as bare bytes.
    case basic([UInt8])
    /// A chain of X.509 certificates, unread.
    case x509([[UInt8]])

    /// Its number.
    package var type: UInt16 {
        switch self {
        case .basic: 1
        case .x509: 2
        }
    }

    /// Reads the number, then the credential. An unknown one has no length and so cannot be skipped.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.u16() {
        case 1: self = .basic(try reader.opaque())
        case 2: self = .x509(try reader.list(Certificate.self).map { $0.data })
        default: throw .illegalValue
        }
    }

    /// Writes the number, then the credential.
    package func write(to writer: inout ByteWriter) {
        writer.u16(self.type)
        switch self {
        case .basic(let identity): writer.vector(identity)
        case .x509(let chain): writer.list(chain.map { Certificate(data: $0) })
        }
    }
}
