package import Wire

/// What was asked for with Get, by what was asked (`e2ee.md` 5, type 48).
package enum DataFrame: TLSStruct, Equatable, Sendable {
    /// As registered by the host's client; the certificate belongs to a ticket.
    case descriptors(meeting: [UInt8], lobby: [UInt8], certificate: [UInt8])
    /// The last GroupInfo, an MLSMessage.
    case groupInfo([UInt8])
    /// A snapshot of the tree, the number of the message that began its epoch, and the GroupInfo that came with it.
    case tree(epoch: UInt64, sequence: UInt64, tree: [UInt8], groupInfo: [UInt8])
    /// A part of the log: the number to ask for next, the last there is, and the messages.
    case log(next: UInt64, last: UInt64, [LogLine])
    case keyPackages([UInt8])

    /// One message of the log.
    package struct LogLine: TLSStruct, Equatable, Sendable {
        package let sequence: UInt64
        package let message: [UInt8]

        /// A line from its fields.
        package init(sequence: UInt64, message: [UInt8]) {
            self.sequence = sequence
            self.message = message
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.sequence = try reader.u64()
            self.message = try reader.opaque()
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            writer.u64(self.sequence)
            writer.vector(self.message)
        }
    }

    /// Reads what it is, then its fields.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.choice(GetFrame.What.self) {
        case .descriptors:
            self = .descriptors(
                meeting: try reader.opaque(), lobby: try reader.opaque(), certificate: try reader.opaque())
        case .groupInfo: self = .groupInfo(try reader.opaque())
        case .tree:
            self = .tree(
                epoch: try reader.u64(), sequence: try reader.u64(), tree: try reader.opaque(),
                groupInfo: try reader.opaque())
        case .log: self = .log(next: try reader.u64(), last: try reader.u64(), try reader.list())
        case .keyPackages: self = .keyPackages(try reader.opaque())
        }
    }

    /// Writes what it is, then its fields.
    package func write(to writer: inout ByteWriter) {
        switch self {
        case .descriptors(let meeting, let lobby, let certificate):
            writer.u8(GetFrame.What.descriptors.rawValue)
            for part in [meeting, lobby, certificate] { writer.vector(part) }
        case .groupInfo(let info):
            writer.u8(GetFrame.What.groupInfo.rawValue)
            writer.vector(info)
        case .tree(let epoch, let sequence, let tree, let groupInfo):
            writer.u8(GetFrame.What.tree.rawValue)
            writer.u64(epoch)
            writer.u64(sequence)
            writer.vector(tree)
            writer.vector(groupInfo)
        case .log(let next, let last, let lines):
            writer.u8(GetFrame.What.log.rawValue)
            writer.u64(next)
            writer.u64(last)
            writer.list(lines)
        case .keyPackages(let packages):
            writer.u8(GetFrame.What.keyPackages.rawValue)
            writer.vector(packages)
        }
    }
}
