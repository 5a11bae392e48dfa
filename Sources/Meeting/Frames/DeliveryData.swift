package import Wire

/// What was asked for with `Get`: what it is, then its fields.
package enum DeliveryData: FrameBody {
    /// Both descriptors, as registered, and the certificate of the ticket that was asked for, or nothing.
    case descriptors(meeting: [UInt8], lobby: [UInt8], certificate: [UInt8])
    /// The last GroupInfo, as an MLSMessage.
    case groupInfo([UInt8])
    /// A snapshot: its epoch, the number of the message that began it, the tree, and the GroupInfo that came with it.
    case tree(epoch: UInt64, seq: UInt64, tree: [UInt8], groupInfo: [UInt8])
    /// A part of the log: the number to ask for next, the last number there is, and the messages. It was the last part if
    /// `next` is past `last`.
    case log(next: UInt64, last: UInt64, entries: [LogLine])
    /// KeyPackages, one MLSMessage after the other.
    case keyPackages([UInt8])

    /// Reads what it is, then its fields.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try DeliveryCommand.Get.What(reading: &reader) {
        case .descriptors:
            self = .descriptors(
                meeting: try reader.opaque(atMost: MeetingDescriptor.bytesAtMost),
                lobby: try reader.opaque(atMost: MeetingDescriptor.bytesAtMost),
                certificate: try reader.opaque(atMost: RoleCertificate.bytesAtMost))
        case .groupInfo: self = .groupInfo(try reader.opaque(atMost: FrameLimits.groupInfo))
        case .tree:
            self = .tree(
                epoch: try reader.u64(), seq: try reader.u64(), tree: try reader.opaque(atMost: FrameLimits.tree),
                groupInfo: try reader.opaque(atMost: FrameLimits.groupInfo))
        case .log:
            self = .log(next: try reader.u64(), last: try reader.u64(), entries: try reader.list(atMost: 1 << 16))
        case .keyPackages: self = .keyPackages(try reader.opaque(atMost: FrameLimits.keyPackages))
        }
    }

    /// Writes what it is, then its fields.
    package func write(to writer: inout ByteWriter) {
        switch self {
        case .descriptors(let meeting, let lobby, let certificate):
            writer.u8(DeliveryCommand.Get.What.descriptors.rawValue)
            for part in [meeting, lobby, certificate] { writer.vector(part) }
        case .groupInfo(let info):
            writer.u8(DeliveryCommand.Get.What.groupInfo.rawValue)
            writer.vector(info)
        case .tree(let epoch, let seq, let tree, let info):
            writer.u8(DeliveryCommand.Get.What.tree.rawValue)
            writer.u64(epoch)
            writer.u64(seq)
            writer.vector(tree)
            writer.vector(info)
        case .log(let next, let last, let entries):
            writer.u8(DeliveryCommand.Get.What.log.rawValue)
            writer.u64(next)
            writer.u64(last)
            writer.list(entries)
        case .keyPackages(let packages):
            writer.u8(DeliveryCommand.Get.What.keyPackages.rawValue)
            writer.vector(packages)
        }
    }
}
