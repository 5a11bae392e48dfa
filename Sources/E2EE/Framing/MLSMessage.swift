package import Wire

/// Everything that travels (RFC 9420 §6).
package enum MLSMessage: TLSStruct, Equatable, Sendable {
    /// Signed, not encrypted.
    case publicMessage(PublicMessage)
    /// Signed and encrypted.
    case privateMessage(PrivateMessage)
    /// For the members a Commit adds.
    case welcome(Welcome)
    /// For joiners by external Commit.
    case groupInfo(GroupInfo)
    /// For whoever adds its client.
    case keyPackage(KeyPackage)

    /// Its form.
    package var wireFormat: WireFormat {
        switch self {
        case .publicMessage: .publicMessage
        case .privateMessage: .privateMessage
        case .welcome: .welcome
        case .groupInfo: .groupInfo
        case .keyPackage: .keyPackage
        }
    }

    /// Reads version and form, then the message.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.version()
        guard let wireFormat = WireFormat(rawValue: try reader.u16()) else { throw .illegalValue }
        switch wireFormat {
        case .publicMessage: self = .publicMessage(try PublicMessage(reading: &reader))
        case .privateMessage: self = .privateMessage(try PrivateMessage(reading: &reader))
        case .welcome: self = .welcome(try Welcome(reading: &reader))
        case .groupInfo: self = .groupInfo(try GroupInfo(reading: &reader))
        case .keyPackage: self = .keyPackage(try KeyPackage(reading: &reader))
        }
    }

    /// Writes version and form, then the message.
    package func write(to writer: inout ByteWriter) {
        writer.u16(ProtocolVersion.mls10)
        writer.u16(self.wireFormat.rawValue)
        switch self {
        case .publicMessage(let message): message.write(to: &writer)
        case .privateMessage(let message): message.write(to: &writer)
        case .welcome(let welcome): welcome.write(to: &writer)
        case .groupInfo(let info): info.write(to: &writer)
        case .keyPackage(let package): package.write(to: &writer)
        }
    }
}
