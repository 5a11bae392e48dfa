package import Wire

/// What the delivery service sends (`e2ee.md` 5, right column). Everything in it is a hostile server's word until the
/// group's keys say otherwise.
package enum ServerFrame: FrameBody {
    case hello(challenge: [UInt8], key: [UInt8])
    case ok
    case error(DeliveryError)
    case event(EventFrame)
    case welcome(message: [UInt8], sequence: UInt64, keyPackageRef: [UInt8])
    case duty(groupID: [UInt8], epoch: UInt64, Duty)
    case lost(groupID: [UInt8], leaf: UInt32, sinceMilliseconds: UInt32)
    case lobby([UInt8])
    case data([UInt8])
    case ended(groupID: [UInt8])
    case void(groupID: [UInt8], sequence: UInt64)
    case candidate(EventFrame)

    /// Why a request was not carried out.
    package enum DeliveryError: UInt16, Sendable {
        case stale = 1
        case conflict
        case denied
        case rate
        case gone
        case tooBig
        case malformed
        case unknownGroup
    }

    /// What a member is asked to do.
    package enum Duty: UInt8, Sendable {
        case commitRemovals = 1
        case commitJoins
        case uploadSnapshot
        case emptyCommit
    }

    /// The number of the table.
    package var type: UInt8 {
        switch self {
        case .hello: 0x40
        case .ok: 0x41
        case .error: 0x42
        case .event: 0x43
        case .welcome: 0x44
        case .duty: 0x45
        case .lost: 0x46
        case .lobby: 0x47
        case .data: 0x48
        case .ended: 0x49
        case .void: 0x4A
        case .candidate: 0x4B
        }
    }

    /// Reads the body of a type.
    package init(type: UInt8, reading reader: inout ByteReader) throws(WireError) {
        switch type {
        case 0x40: self = .hello(challenge: try reader.array(32), key: try reader.array(32))
        case 0x41: self = .ok
        case 0x42:
            guard let error = DeliveryError(rawValue: try reader.u16()) else { throw .illegalValue }
            self = .error(error)
        case 0x43: self = .event(try EventFrame(reading: &reader))
        case 0x44:
            self = .welcome(
                message: try MLSMessage(reading: &reader).encoded, sequence: try reader.u64(),
                keyPackageRef: try reader.opaque())
        case 0x45:
            self = .duty(groupID: try reader.opaque(), epoch: try reader.u64(), try reader.choice())
        case 0x46:
            self = .lost(
                groupID: try reader.opaque(), leaf: try reader.u32(), sinceMilliseconds: try reader.u32())
        case 0x47: self = .lobby(reader.remainder())
        case 0x48: self = .data(reader.remainder())
        case 0x49: self = .ended(groupID: try reader.opaque())
        case 0x4A: self = .void(groupID: try reader.opaque(), sequence: try reader.u64())
        case 0x4B: self = .candidate(try EventFrame(reading: &reader))
        default: throw .illegalValue
        }
    }

    /// Writes the body.
    package func write(to writer: inout ByteWriter) {
        switch self {
        case .hello(let challenge, let key):
            writer.append(challenge)
            writer.append(key)
        case .ok: break
        case .error(let error): writer.u16(error.rawValue)
        case .event(let event), .candidate(let event): event.write(to: &writer)
        case .welcome(let message, let sequence, let keyPackageRef):
            writer.append(message)
            writer.u64(sequence)
            writer.vector(keyPackageRef)
        case .duty(let groupID, let epoch, let duty):
            writer.vector(groupID)
            writer.u64(epoch)
            writer.u8(duty.rawValue)
        case .lost(let groupID, let leaf, let since):
            writer.vector(groupID)
            writer.u32(leaf)
            writer.u32(since)
        case .lobby(let bytes), .data(let bytes): writer.append(bytes)
        case .ended(let groupID): writer.vector(groupID)
        case .void(let groupID, let sequence):
            writer.vector(groupID)
            writer.u64(sequence)
        }
    }
}
