package import Wire

/// What the members of an epoch agreed on beside their keys: the extension `meeting_policy` of the GroupContext
/// (`e2ee.md` 4.1).
package struct MeetingPolicy: TLSStruct, Equatable, Sendable {
    /// One more with every change.
    package var revision: UInt32
    package var descriptor: MeetingDescriptor
    /// Group of the main meeting, in a breakout room; else empty.
    package var parentGroup: [UInt8]
    /// Epoch of the main meeting, in a breakout room; else 0.
    package var parentEpoch: UInt64
    /// Name of the invite's pre-shared key, 16 bytes.
    package var inviteID: [UInt8]
    package var admission: Admission
    package var flags: MeetingFlags
    package var features: FeatureSet
    package var services: ServiceSet
    /// Passes of an older generation are worth nothing.
    package var passGeneration: UInt32
    package var revoked: [Revocation]
    /// Chains that were given to leaves after they came.
    package var roles: [Chain]

    /// A policy is never longer.
    package static var byteCountMax: Int { 64 * 1_024 }
    /// When the list is full, passes are re-issued and `out` entries go (`e2ee.md` 4.3).
    package static var revokedMax: Int { 256 }

    /// The policy of a meeting's first epoch. A founder draws the generation of passes, so that those of a group before, by
    /// the same link, open nothing here (`docs/decisions/0009`), and leaves to a host what a host opens (`docs/decisions/0011`).
    package init(first descriptor: MeetingDescriptor, inviteID: [UInt8], passGeneration: UInt32 = 0) {
        self.revision = 0
        self.descriptor = descriptor
        self.parentGroup = []
        self.parentEpoch = 0
        self.inviteID = inviteID
        self.admission = descriptor.admission
        self.flags = descriptor.flags
        self.features = descriptor.featuresMax.atFirst
        self.services = []
        self.passGeneration = passGeneration
        self.revoked = []
        self.roles = []
    }

    /// The policy of a breakout room's first epoch (`e2ee.md` 4.5).
    package init(room descriptor: MeetingDescriptor, inviteID: [UInt8], of group: [UInt8], epoch: UInt64) {
        self.init(first: descriptor, inviteID: inviteID)
        self.parentGroup = group
        self.parentEpoch = epoch
        self.admission = .waiting
        self.flags.insert(.unhostedOK)
    }
}

extension MeetingPolicy {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        let start = reader.offset
        try reader.formatOne()
        self.revision = try reader.u32()
        self.descriptor = try MeetingDescriptor(reading: &reader)
        self.parentGroup = try reader.opaque(max: 32)
        self.parentEpoch = try reader.u64()
        guard self.parentGroup.count == 32 || (self.parentGroup.isEmpty && self.parentEpoch == 0) else {
            throw .illegalValue
        }
        self.inviteID = try reader.array(16)
        self.admission = try reader.choice()
        self.flags = MeetingFlags(rawValue: try reader.u32())
        self.features = FeatureSet(rawValue: try reader.u32())
        self.services = ServiceSet(rawValue: try reader.u16())
        self.passGeneration = try reader.u32()
        self.revoked = try reader.list(max: Self.revokedMax)
        self.roles = try reader.list(max: Self.byteCountMax / 179)
        guard reader.offset - start <= Self.byteCountMax else { throw .illegalValue }
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u8(1)
        writer.u32(self.revision)
        self.descriptor.write(to: &writer)
        writer.vector(self.parentGroup)
        writer.u64(self.parentEpoch)
        writer.append(self.inviteID)
        writer.u8(self.admission.rawValue)
        writer.u32(self.flags.rawValue)
        writer.u32(self.features.rawValue)
        writer.u16(self.services.rawValue)
        writer.u32(self.passGeneration)
        writer.list(self.revoked)
        writer.list(self.roles)
    }

    /// Puts somebody out for good: the leaf, and the personal link or device that certified it; not those who certified that
    /// one, for the chain of a recorder or co-host ends with its maker. What was given to these keys goes with them, also when
    /// these entries go. A full list makes room by letting all passes end, which are what it is for (`e2ee.md` 4.3).
    mutating func putOut(_ occupant: Occupant, among people: [Occupant]) {
        let person = occupant.isService ? nil : occupant.profile?.chain?.personKey
        self.putOut([occupant.key] + (person.map { [$0] } ?? []), among: people)
    }

    /// The same for somebody whose leaf is gone already, by their keys.
    mutating func putOut(_ keys: [[UInt8]], among people: [Occupant]) {
        let new = keys.filter { !self.isOut($0) }
        let ended = keys.flatMap { self.ended(by: $0, among: people) }
        if self.revoked.count + new.count + ended.count > Self.revokedMax, self.passGeneration < UInt32.max {
            self.passGeneration += 1
            self.revoked.removeAll { $0.scope == .out }
        }
        self.revoked += new.map { Revocation(key: $0, scope: .out) }
        // Where nothing makes room any more, the keys themselves come first.
        let room = max(0, Self.revokedMax - self.revoked.count)
        self.revoked += ended.prefix(room).map { Revocation(key: $0, scope: .roleOnly) }
        self.roles.removeAll { chain in keys.contains { chain.names($0) } }
    }

    /// Behind an open door nobody stays out (rule R).
    mutating func closeOpenDoor() {
        if self.admission == .open || self.admission == .members { self.admission = .waiting }
    }

    /// Whether a key is put out for good.
    package func isOut(_ key: [UInt8]) -> Bool { self.revoked.contains(Revocation(key: key, scope: .out)) }

    /// Whether the key counts no more, in whatever scope.
    package func isRevoked(_ key: [UInt8]) -> Bool { self.revoked.contains { $0.key == key } }
}
