/// What a scheduling client makes beside the host link, and registers with the server (`e2ee.md` 3.2): the rules that
/// nobody can widen later, and the door at which people knock.
package struct MeetingDraft: Sendable {
    package var instance: UInt32 = 0
    package var revision: UInt32 = 0
    package var admission = Admission.waiting
    package var flags: MeetingFlags = []
    /// What may ever be switched on; `FeatureSet.atFirst` of it is.
    package var features = FeatureSet.coaching
    package var services: ServiceSet = []
    package var membersMax: UInt16 = 300
    package var successors: [[UInt8]] = []
    /// Name of the privacy profile that the meeting was made by, UTF-8, at most 255 bytes.
    package var profile: [UInt8] = []
    /// SHA-256 of that profile's settings file.
    package var profileHash = [UInt8](repeating: 0, count: 32)
    /// Unix seconds.
    package var notBefore: UInt64
    package var notAfter: UInt64
    package var card = MeetingCard(title: [], hostName: [], agenda: [], language: [], start: 0, minutes: 0)

    /// A meeting that can be entered in this time.
    package init(notBefore: UInt64, notAfter: UInt64) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// Whoever has the link comes in by themselves, and no host has to be there for that.
    package mutating func openDoor() {
        self.admission = .open
        self.flags.formUnion([.unhostedOpen, .unhostedOK])
    }

    /// Both descriptors, signed with the seed of a host link.
    package func signed<Crypto: CryptoProvider>(
        by link: borrowing Link, _ crypto: Crypto
    ) throws(E2EEError) -> (meeting: MeetingDescriptor, lobby: LobbyDescriptor) {
        guard link.kind == .host, let seed = link.seedCopy(), let authorityKey = try link.publicKey(crypto) else {
            throw E2EEError(.usage, .unsupported)
        }
        let instance = MeetingInstance(meetingID: link.meetingID, number: self.instance)
        var descriptor = MeetingDescriptor(
            instance, authorityKey: authorityKey, notBefore: self.notBefore, notAfter: self.notAfter)
        descriptor.revision = self.revision
        descriptor.admission = self.admission
        descriptor.flags = self.flags
        descriptor.featuresMax = self.features
        descriptor.servicesMax = self.services
        descriptor.membersMax = self.membersMax
        descriptor.profile = self.profile
        descriptor.profileHash = self.profileHash
        descriptor.successors = self.successors
        let invite = InviteKeys(link.invite(crypto), crypto)
        let lobbyKey = LobbyKey.derive(authoritySeed: seed, instance, crypto)
        let lobby = try LobbyDescriptor.sealing(
            self.card, instance, revision: self.revision, lobbyKey: try LobbyKey.publicKey(of: lobbyKey, crypto),
            invite,
            crypto)
        return (try descriptor.signed(by: seed, crypto), try lobby.signed(by: seed, crypto))
    }
}
