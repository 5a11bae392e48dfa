/// The answer to creating a meeting.
package struct MeetingCreated: Equatable, Sendable {
    /// The meeting, as in its link.
    package var id: MeetingID
    /// For registering the invite, once.
    package var token: CreationToken

    /// The answer to creating a meeting.
    package init(id: MeetingID, token: CreationToken) {
        self.id = id
        self.token = token
    }

    static let record = Record<Self>(
        "MeetingCreated", Self.init, .required("id", \.id, .id), .required("token", \.token, .id))
}

/// What makes a created meeting joinable.
package struct InviteRegistration: Equatable, Sendable {
    /// Derived from the link's fragment, which stays with the creator.
    package var inviteID: InviteID
    /// How many people fit.
    package var capacity: Int
    /// The authority's signed description of the meeting (`e2ee.md` 3.2).
    package var descriptor: Descriptor
    /// Its description of the door.
    package var lobby: Descriptor
    /// Certificates of personal links, if there are any.
    package var tickets: [TicketCertificate]?
    /// What newcomers are asked for beside the link, if anything. The server keeps a keyed hash of it.
    package var passcode: Passcode?

    /// What makes a created meeting joinable.
    package init(
        inviteID: InviteID, capacity: Int, descriptor: Descriptor, lobby: Descriptor,
        tickets: [TicketCertificate]? = nil, passcode: Passcode? = nil
    ) {
        self.inviteID = inviteID
        self.capacity = capacity
        self.descriptor = descriptor
        self.lobby = lobby
        self.tickets = tickets
        self.passcode = passcode
    }

    static let record = Record<Self>(
        "InviteRegistration", Self.init,
        .required("inviteID", \.inviteID, .id),
        .required("capacity", \.capacity, .whole(RoomLimits.capacity)),
        .required("descriptor", \.descriptor, .id),
        .required("lobby", \.lobby, .id),
        .optional("tickets", \.tickets, .list(.id, atMost: TicketLimits.alive)),
        .optional("passcode", \.passcode, .id))
}

/// The body of every HTTP answer that is an error.
package struct Problem: Equatable, Sendable {
    /// What went wrong.
    package enum Kind: String, CaseIterable, Sendable {
        /// No such page, meeting or file.
        case notFound
        /// Not with this method.
        case methodNotAllowed
        /// The body is not what was asked for.
        case malformed
        /// The body is larger than any valid one.
        case tooLarge
        /// No such part of it.
        case outOfRange
        /// Not from here: another origin, or another machine where only this one may.
        case forbidden
        /// The token or the password is missing or wrong, or nobody is signed in.
        case unauthorized
        /// The password has to be given again first.
        case confirmationNeeded
        /// What was typed is no e-mail address.
        case notAnAddress
        /// The new password has too few characters.
        case passwordTooShort
        /// The new password has too many.
        case passwordTooLong
        /// The new password is the address.
        case passwordIsAddress
        /// It was done already.
        case conflict
        /// The organisation requires a safety measure that the meeting lacks.
        case measure
        /// Only as a WebSocket.
        case upgradeRequired
        /// Too many in too short a time.
        case tooFast
        /// The server has no room for it now.
        case busy
        /// Its disk has no room, and asking again does not help.
        case full
        /// The server failed; nothing the client did.
        case failed
    }

    /// What went wrong.
    package var error: Kind
    /// Which one is lacking, with `measure` alone.
    package var measure: SafetyMeasure?

    /// An error.
    package init(error: Kind, measure: SafetyMeasure? = nil) {
        self.error = error
        self.measure = measure
    }

    static let record = Record<Self>(
        "Problem", Self.init, .required("error", \.error, .choice), .optional("measure", \.measure, .choice))
}
