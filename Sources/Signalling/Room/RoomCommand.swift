/// What a client asks about the others.
package enum RoomCommand: Equatable, Sendable {
    /// Cut somebody off at once. Their keys go with the group's Commit, which follows.
    case eject(Eject)
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

    static let union = Union<Self>(
        "RoomCommand", area: "room",
        .body("eject", Eject.record, { .eject($0) }, { if case .eject(let body) = $0 { body } else { nil } }))
}

extension RoomCommand.Eject {
    static let record = Record<Self>(
        "Eject", Self.init,
        .required("participant", \.participant, .id),
        .required("block", \.block, .bool))
}
