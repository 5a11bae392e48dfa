package import Wire

/// What a device keeps to go on after a crash (`e2ee.md` 13): version 2. It is written at every epoch over the one before,
/// sealed by whoever keeps it. **Never in it**: encryption_secret or what hangs on it, base_key, exporter_secret, counters. So
/// whoever gets hold of it reads nothing that was said until then, and whoever is restored from it cannot seal with a key that
/// may have been used.
///
/// More than the specification names are the names people signed (`profiles`), which nobody says twice, the three flags, and the
/// clock of our beacons, which has to rise for as long as our key is in the group.
package struct SavedState: TLSStruct, Sendable {
    /// Unix milliseconds.
    package var savedAt: UInt64
    /// What our beacons would have said then.
    package var beaconClock: UInt64
    package var instance: MeetingInstance
    /// Of the meeting's authority, as the link has it.
    package var fingerprint: [UInt8]
    package var inviteSecret: HeldSecret
    package var group: SavedGroup
    /// With which we may come back.
    package var passes: [ReentryPass]
    package var consents: [SavedConsent]
    /// By the signature keys of their owners.
    package var profiles: [SignedProfile]
    /// The number of the Commit that began this epoch: the log is read from behind it.
    package var lastSequence: UInt64
    /// We knew that this is the right group (`ProofWatch`).
    package var isConfirmed: Bool
    /// Somebody looked at a comparison code that was another than the others': nothing was sent any more.
    package var hasUnequalCode: Bool
    /// A Commit of our own for this epoch was on its way. Others may have followed it where we cannot.
    package var hasOwnCommit: Bool

    /// The first byte.
    static var version: UInt8 { 2 }
    /// Milliseconds for which it is of use (`e2ee.md` 7.7).
    package static var lifetime: UInt64 { 15 * 60_000 }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        guard try reader.u8() == Self.version else { throw .illegalValue }
        self.savedAt = try reader.u64()
        self.beaconClock = try reader.u64()
        self.instance = try MeetingInstance(reading: &reader)
        self.fingerprint = try reader.array(16)
        self.inviteSecret = try reader.secret(count: 16)
        self.group = try SavedGroup(reading: &reader)
        self.passes = try reader.list(max: CommitAuth.passesMax)
        self.consents = try reader.list(max: ConsentBook.countMax)
        self.profiles = try reader.list(max: RatchetTree.leafCountMax)
        self.lastSequence = try reader.u64()
        let flags = try reader.u8()
        guard flags < 8, Self.rises(self.consents.map { $0.service }), Self.rises(self.profiles.map { $0.leafKey })
        else { throw .illegalValue }
        self.isConfirmed = flags & 1 != 0
        self.hasOwnCommit = flags & 2 != 0
        self.hasUnequalCode = flags & 4 != 0
    }

    /// Each key once, in one order: nothing is spelled in two ways.
    private static func rises(_ keys: [[UInt8]]) -> Bool {
        zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }
    }

    /// Writes the fields in order, the secrets in the open: for a fuzzer. What is kept comes from `kept`.
    package func write(to writer: inout ByteWriter) { writer.append(self.written.copied()) }

    /// The same bytes as a secret.
    var written: Secret {
        var writer = SecretWriter()
        writer.open { writer in
            writer.u8(Self.version)
            writer.u64(self.savedAt)
            writer.u64(self.beaconClock)
            self.instance.write(to: &writer)
            writer.append(self.fingerprint)
        }
        writer.secret(self.inviteSecret)
        self.group.write(to: &writer)
        writer.open { writer in
            writer.list(self.passes)
            writer.list(self.consents)
            writer.list(self.profiles)
            writer.u64(self.lastSequence)
            writer.u8((self.isConfirmed ? 1 : 0) | (self.hasOwnCommit ? 2 : 0) | (self.hasUnequalCode ? 4 : 0))
        }
        return writer.written
    }

    /// From its fields; lists are put in order.
    init(
        savedAt: UInt64, beaconClock: UInt64, _ access: Access, group: SavedGroup, passes: [ReentryPass],
        consents: [SavedConsent], profiles: [SignedProfile], lastSequence: UInt64, _ mark: Keeping.Mark
    ) {
        self.savedAt = savedAt
        self.beaconClock = beaconClock
        self.instance = access.instance
        self.fingerprint = access.fingerprint
        self.inviteSecret = access.inviteSecret
        self.group = group
        self.passes = passes
        self.consents = consents.sorted { $0.service.lexicographicallyPrecedes($1.service) }
        self.profiles = profiles.sorted { $0.leafKey.lexicographicallyPrecedes($1.leafKey) }
        self.lastSequence = lastSequence
        self.isConfirmed = mark.isConfirmed
        self.hasOwnCommit = mark.hasOwnCommit
        self.hasUnequalCode = mark.hasUnequalCode
    }

    /// Whether it is young enough at a moment. One from the future is as old as a clock is wrong.
    func isFresh(at unix: UInt64) -> Bool { max(unix, self.savedAt) - min(unix, self.savedAt) <= Self.lifetime }
}
