/// Why a Commit, or a message, is not accepted (`e2ee.md` 4.2, fault codes). The numbers travel in `Fault`.
package enum FaultCode: UInt16, Error, Sendable, CaseIterable {
    /// Somebody who may not commit, or authenticated data that does not say what it must.
    case sender = 1
    /// An Add by somebody who may not add that way.
    case addOrigin
    case update
    /// A Remove by somebody who may not remove that way.
    case removeOrigin
    /// The invite's pre-shared key is missing, or another one is there.
    case psk
    case reinit
    /// GroupContextExtensions that are not the committer's own.
    case gceOrigin
    /// J1: a leaf that is not of this meeting or not of this profile.
    case leafProfile
    /// J2: a key, a pid or a ticket that is in the group already.
    case leafDuplicate
    /// J2: somebody who has to stay out.
    case leafRevoked
    /// J3: no room.
    case leafFull
    /// J4: a chain that does not hold.
    case chain
    /// J4, J5: a service that is not what it says, or not allowed.
    case service
    /// The door is not open for somebody who comes this way.
    case door
    case pass
    /// An Add by somebody without the link.
    case mac
    /// An organisation's word that does not hold.
    case assertion
    /// The committer lacks the right, or stands too low.
    case rank
    /// G: a policy that may not follow this one.
    case policy
    /// C: the committer's leaf became somebody else's; or a resync that is not the leaf it removes.
    case identity
    /// A Commit without a path that needs one.
    case path
    case limit
    case unknownType
    case signature = 64
    case membership
    case tree
    case parentHash
    case pathDecrypt
    case confirmation
    case groupInfo
    case welcome
    case app
    /// What a Commit was said to add and remove is not what it does; or a message that is none.
    case frame
    /// RFC 9420 §12.2: proposals that cannot stand together, or one that cannot stand anywhere.
    case proposalList

    /// Whether everybody who reads the same Commit in the same state finds it: the server voids for no other
    /// (`e2ee.md` 5, Void).
    package var isDeterministic: Bool { self != .pathDecrypt }
}
