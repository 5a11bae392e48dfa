package import Wire

/// What a page asks for when it makes a meeting, as bytes (`docs/wasm.md`). Services are never among it.
package struct DraftOrder: TLSStruct, Equatable, Sendable {
    /// Its id as the server gave it, and which occurrence.
    package var instance: MeetingInstance
    /// `waiting`, or `open` for a door that also opens without a host.
    package var admission: Admission
    /// What may ever be switched on; all of it has a name here.
    package var features: FeatureSet
    /// People at once, hosts included: 1 to 500.
    package var membersMax: UInt16
    /// Unix seconds.
    package var notBefore: UInt64
    /// Unix seconds, later than that.
    package var notAfter: UInt64
    /// Name of the privacy profile, UTF-8, at most 255 bytes.
    package var profile: [UInt8]
    /// SHA-256 of its settings file.
    package var profileHash: [UInt8]
    package var card: MeetingCard

    /// From its fields.
    package init(
        _ instance: MeetingInstance, _ admission: Admission, _ features: FeatureSet, membersMax: UInt16,
        notBefore: UInt64, notAfter: UInt64, profile: [UInt8], profileHash: [UInt8], _ card: MeetingCard
    ) {
        self.instance = instance
        self.admission = admission
        self.features = features
        self.membersMax = membersMax
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.profile = profile
        self.profileHash = profileHash
        self.card = card
    }

    /// Reads the fields in order. What no meeting can be is no order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.instance = try MeetingInstance(reading: &reader)
        self.admission = try reader.choice()
        self.features = FeatureSet(rawValue: try reader.u32())
        self.membersMax = try reader.u16()
        self.notBefore = try reader.u64()
        self.notAfter = try reader.u64()
        self.profile = try reader.opaque(max: 255)
        self.profileHash = try reader.array(32)
        self.card = try MeetingCard(reading: &reader)
        guard self.admission == .waiting || self.admission == .open, self.features.isSubset(of: .known),
            (1...MeetingDescriptor.membersLimit).contains(self.membersMax), self.notBefore < self.notAfter,
            isText(self.profile)
        else { throw .illegalValue }
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.instance.write(to: &writer)
        writer.u8(self.admission.rawValue)
        writer.u32(self.features.rawValue)
        writer.u16(self.membersMax)
        writer.u64(self.notBefore)
        writer.u64(self.notAfter)
        writer.vector(self.profile)
        writer.append(self.profileHash)
        self.card.write(to: &writer)
    }

    /// The meeting that is asked for.
    var draft: MeetingDraft {
        var draft = MeetingDraft(notBefore: self.notBefore, notAfter: self.notAfter)
        draft.instance = self.instance.number
        if self.admission == .open { draft.openDoor() }
        draft.features = self.features
        draft.membersMax = self.membersMax
        draft.profile = self.profile
        draft.profileHash = self.profileHash
        draft.card = self.card
        return draft
    }
}
