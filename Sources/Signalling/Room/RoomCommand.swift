/// What a client asks about the others.
package enum RoomCommand: Equatable, Sendable {
    /// Cut somebody off at once. Their keys go with the group's Commit, which follows.
    case eject(Eject)
    /// Another link is in force in the group.
    case renew(Renew)
    /// What somebody sends ends at once. It may begin again where it is allowed.
    case stop(Stop)
    /// Somebody may begin to send or to bring something, or may not any more; what is sent then ends at once, too.
    case allow(Allow)
    /// Newcomers are asked for another passcode, or for none.
    case setPasscode(SetPasscode)
    /// The meeting is over for everybody.
    case end
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

    /// Something that ends, once.
    package struct Stop: Equatable, Sendable {
        /// Whose; nil = everybody's who leads nothing.
        package var participant: ParticipantID?
        /// What.
        package var use: Permissions.Use

        /// Something that ends.
        package init(participant: ParticipantID? = nil, use: Permissions.Use) {
            self.participant = participant
            self.use = use
        }
    }

    /// A right that is given or taken.
    package struct Allow: Equatable, Sendable {
        /// Whose; nil = everybody's who leads nothing, and whoever comes later.
        package var participant: ParticipantID?
        /// To what.
        package var use: Permissions.Right
        /// Given or taken.
        package var isAllowed: Bool

        /// A right that is given or taken.
        package init(participant: ParticipantID? = nil, use: Permissions.Right, isAllowed: Bool) {
            self.participant = participant
            self.use = use
            self.isAllowed = isAllowed
        }
    }

    /// The passcode from now on.
    package struct SetPasscode: Equatable, Sendable {
        /// Nil = none is asked any more.
        package var passcode: Passcode?

        /// The passcode from now on.
        package init(passcode: Passcode? = nil) { self.passcode = passcode }
    }

    static let union = Union<Self>(
        "RoomCommand", area: "room",
        .body("eject", Eject.record, { .eject($0) }, { if case .eject(let body) = $0 { body } else { nil } }),
        .body("renew", Renew.record, { .renew($0) }, { if case .renew(let body) = $0 { body } else { nil } }),
        .body("stop", Stop.record, { .stop($0) }, { if case .stop(let body) = $0 { body } else { nil } }),
        .body("allow", Allow.record, { .allow($0) }, { if case .allow(let body) = $0 { body } else { nil } }),
        .body(
            "setPasscode", SetPasscode.record, { .setPasscode($0) },
            { if case .setPasscode(let body) = $0 { body } else { nil } }),
        .bare("end", .end))
}

extension RoomCommand.SetPasscode {
    static let record = Record<Self>("SetPasscode", Self.init, .optional("passcode", \.passcode, .id))
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

extension RoomCommand.Stop {
    static let record = Record<Self>(
        "Stop", Self.init,
        .optional("participant", \.participant, .id),
        .required("use", \.use, .choice))
}

extension RoomCommand.Allow {
    static let record = Record<Self>(
        "Allow", Self.init,
        .optional("participant", \.participant, .id),
        .required("use", \.use, .choice),
        .required("allowed", \.isAllowed, .bool))
}
