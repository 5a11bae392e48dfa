/// (T, P): members and policy of an epoch, as `authorise` reads them (`e2ee.md` 4.2).
package struct MeetingEpoch: Sendable {
    package let groupID: [UInt8]
    package let number: UInt64
    /// The extensions of the GroupContext.
    package let extensions: [Extension]
    package let policy: MeetingPolicy
    package let occupants: [Occupant]

    /// From a group's context and tree. Throws when the context is not a meeting's.
    package init(_ context: GroupContext, _ tree: RatchetTree) throws(E2EEError) {
        let occupants = tree.members.compactMap { index in tree.leaf(index).map { Occupant(index, $0) } }
        try self.init(
            groupID: context.groupID, number: context.epoch, extensions: context.extensions, occupants: occupants)
    }

    /// From its parts.
    package init(
        groupID: [UInt8], number: UInt64, extensions: [Extension], occupants: [Occupant]
    ) throws(E2EEError) {
        guard let policy = MeetingProfile.policy(in: extensions) else { throw E2EEError(.validation, .extensions) }
        self.groupID = groupID
        self.number = number
        self.extensions = extensions
        self.policy = policy
        self.occupants = occupants
    }

    /// The member at a leaf.
    package func occupant(_ index: UInt32) -> Occupant? { self.occupants.first { $0.index == index } }
}
