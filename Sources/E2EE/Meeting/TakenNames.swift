/// What may stand in a group once (`e2ee.md` 4.2, J2): signature keys, encryption keys, pids, and leaves of one ticket or
/// device.
struct TakenNames: Sendable {
    private var signatureKeys: Set<KeyBytes> = []
    private var encryptionKeys: Set<KeyBytes> = []
    private var credentials: Set<Credential> = []
    private var people: Set<KeyBytes> = []

    /// Those of members who stay.
    init(_ occupants: [Occupant]) {
        for occupant in occupants { _ = self.claim(occupant.leafNode, occupant.profile) }
    }

    /// Takes the names of one more leaf. False when one of them is taken.
    mutating func claim(_ leafNode: LeafNode, _ profile: BeraadLeaf?) -> Bool {
        var isFree = self.signatureKeys.insert(KeyBytes(leafNode.signatureKey)).inserted
        if !self.encryptionKeys.insert(KeyBytes(leafNode.encryptionKey)).inserted { isFree = false }
        if !self.credentials.insert(leafNode.credential).inserted { isFree = false }
        if let key = profile?.chain?.personKey, !self.people.insert(KeyBytes(key)).inserted { isFree = false }
        return isFree
    }
}
