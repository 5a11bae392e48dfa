/// What a client asks about the others.
package enum RoomCommand: Equatable, Sendable {
    /// Cut somebody off at once. Their keys go with the group's Commit, which follows.
    case eject(Eject)
    /// Another link is in force in the group.
    case renew(Renew)
}

extension RoomCommand {
    /// Somebody who is put out for good.
    package struct Eject: Equatable, Sendable {
        /// Who.
        package var participant: ParticipantID
        /// From their part of the network nobody new comes in, but with a personal link.
        package var block: Bool

        /// Somebody who is put out for good.
        package init(participant: ParticipantID, block: Bool) {
            self.participant = participant
            self.block = block
        }
    }

    /// The link that is in force.
    package struct Renew: Equatable, Sendable {
        /// Proof of holding it; with that of a link before one only knocks.
        package var invite: InviteID

        /// The link that is in force.
        package init(invite: InviteID) { self.invite = invite }
    }

    static let union = Union<Self>(
        "RoomCommand", area: "room",
        .body("eject", Eject.record, { .eject($0) }, { if case .eject(let body) = $0 { body } else { nil } }),
        .body("renew", Renew.record, { .renew($0) }, { if case .renew(let body) = $0 { body } else { nil } }))
}

extension RoomCommand.Renew {
    static let record = Record<Self>("Renew", Self.init, .required("invite", \.invite, .id))
}

extension RoomCommand.Eject {
    static let record = Record<Self>(
        "Eject", Self.init,
        .required("participant", \.participant, .id),
        .required("block", \.block, .bool))
}
