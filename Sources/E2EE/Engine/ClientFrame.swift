package import Wire

/// What a client sends to the delivery service (`e2ee.md` 5, left column). MLS messages stay bytes here: the engine reads
/// them where it uses them, and the server never does.
package enum ClientFrame: FrameBody {
    case create(groupInfo: [UInt8], tree: [UInt8], Added)
    case knock([UInt8])
    case reveal([UInt8])
    case answer([UInt8])
    case note(LobbyNoteFrame)
    case commit(CommitFrame)
    case propose([UInt8])
    case app(AppFrame)
    case get(GetFrame)
    case keyPackages([MLSMessage])
    case reserve(groupID: [UInt8])
    case fault(FaultFrame)
    case ack(groupID: [UInt8], sequence: UInt64, isGood: Bool)
    case snapshot(groupID: [UInt8], epoch: UInt64, tree: [UInt8], groupInfo: [UInt8])
    case bind(BindFrame)
    /// Whoever a key of 32 bytes made a co-host, or is, is none any more.
    case withdraw([UInt8])

    /// The number of the table.
    package var type: UInt8 {
        switch self {
        case .create: 0x01
        case .knock: 0x02
        case .reveal: 0x03
        case .answer: 0x04
        case .note: 0x05
        case .commit: 0x06
        case .propose: 0x07
        case .app: 0x08
        case .get: 0x09
        case .keyPackages: 0x0A
        case .reserve: 0x0B
        case .fault: 0x0C
        case .ack: 0x0D
        case .snapshot: 0x0E
        case .bind: 0x0F
        case .withdraw: 0x10
        }
    }

    /// Reads the body of a type.
    package init(type: UInt8, reading reader: inout ByteReader) throws(WireError) {
        switch type {
        case 0x01:
            self = .create(
                groupInfo: try reader.opaque(), tree: try reader.opaque(), try Added(reading: &reader))
        case 0x02: self = .knock(reader.remainder())
        case 0x03: self = .reveal(reader.remainder())
        case 0x04: self = .answer(reader.remainder())
        case 0x05: self = .note(try LobbyNoteFrame(reading: &reader))
        case 0x06: self = .commit(try CommitFrame(reading: &reader))
        case 0x07: self = .propose(reader.remainder())
        case 0x08: self = .app(try AppFrame(reading: &reader))
        case 0x09: self = .get(try GetFrame(reading: &reader))
        case 0x0A: self = .keyPackages(try reader.list())
        case 0x0B: self = .reserve(groupID: try reader.opaque())
        case 0x0C: self = .fault(try FaultFrame(reading: &reader))
        case 0x0D:
            self = .ack(groupID: try reader.opaque(), sequence: try reader.u64(), isGood: try reader.flag())
        case 0x0E:
            self = .snapshot(
                groupID: try reader.opaque(), epoch: try reader.u64(), tree: try reader.opaque(),
                groupInfo: try reader.opaque())
        case 0x0F: self = .bind(try BindFrame(reading: &reader))
        case 0x10: self = .withdraw(try reader.array(32))
        default: throw .illegalValue
        }
    }

    /// Writes the body.
    package func write(to writer: inout ByteWriter) {
        switch self {
        case .create(let groupInfo, let tree, let added):
            writer.vector(groupInfo)
            writer.vector(tree)
            added.write(to: &writer)
        case .knock(let bytes), .reveal(let bytes), .answer(let bytes), .propose(let bytes),
            .withdraw(let bytes):
            writer.append(bytes)
        case .note(let note): note.write(to: &writer)
        case .commit(let commit): commit.write(to: &writer)
        case .app(let app): app.write(to: &writer)
        case .get(let get): get.write(to: &writer)
        case .keyPackages(let packages): writer.list(packages)
        case .reserve(let groupID): writer.vector(groupID)
        case .fault(let fault): fault.write(to: &writer)
        case .ack(let groupID, let sequence, let isGood):
            writer.vector(groupID)
            writer.u64(sequence)
            writer.u8(isGood ? 1 : 0)
        case .snapshot(let groupID, let epoch, let tree, let groupInfo):
            writer.vector(groupID)
            writer.u64(epoch)
            writer.vector(tree)
            writer.vector(groupInfo)
        case .bind(let bind): bind.write(to: &writer)
        }
    }
}
