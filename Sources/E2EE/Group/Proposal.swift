package import Wire

/// A change to the group that a Commit can carry out (RFC 9420 §12.1).
package indirect enum Proposal: TLSStruct, Equatable, Sendable {
    case add(Add)
    case update(Update)
    case remove(Remove)
    case preSharedKey(PreSharedKey)
    case reInit(ReInit)
    case externalInit(ExternalInit)
    case groupContextExtensions(GroupContextExtensions)
    case selfRemove(SelfRemove)

    /// Its number.
    package var type: ProposalType {
        switch self {
        case .add: .add
        case .update: .update
        case .remove: .remove
        case .preSharedKey: .preSharedKey
        case .reInit: .reInit
        case .externalInit: .externalInit
        case .groupContextExtensions: .groupContextExtensions
        case .selfRemove: .selfRemove
        }
    }

    /// Reads the number, then the proposal. An unknown one has no length and so cannot be skipped.
    package init(reading reader: inout ByteReader) throws(WireError) {
        guard let type = ProposalType(rawValue: try reader.u16()) else { throw .illegalValue }
        switch type {
        case .add: self = .add(try Add(reading: &reader))
        case .update: self = .update(try Update(reading: &reader))
        case .remove: self = .remove(try Remove(reading: &reader))
        case .preSharedKey: self = .preSharedKey(try PreSharedKey(reading: &reader))
        case .reInit: self = .reInit(try ReInit(reading: &reader))
        case .externalInit: self = .externalInit(try ExternalInit(reading: &reader))
        case .groupContextExtensions:
            self = .groupContextExtensions(try GroupContextExtensions(reading: &reader))
        case .selfRemove: self = .selfRemove(SelfRemove())
        }
    }

    /// Writes the number, then the proposal.
    package func write(to writer: inout ByteWriter) {
        writer.u16(self.type.rawValue)
        switch self {
        case .add(let add): add.write(to: &writer)
        case .update(let update): update.write(to: &writer)
        case .remove(let remove): remove.write(to: &writer)
        case .preSharedKey(let key): key.write(to: &writer)
        case .reInit(let reInit): reInit.write(to: &writer)
        case .externalInit(let start): start.write(to: &writer)
        case .groupContextExtensions(let extensions): extensions.write(to: &writer)
        case .selfRemove: break
        }
    }
}
