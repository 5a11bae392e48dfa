internal import Signalling

/// A participant's place in a room: it outlives a dropped connection for a while.
struct Seat: Sendable {
    let participant: ParticipantID
    let leaf: Int
    let sender: SenderID
    let profile: Profile
    let token: ResumeToken
    /// Nil while away.
    var connection: ConnectionID?
    var awaySince: ContinuousClock.Instant?
    var media: SeatMedia?
    /// Numbers once given to own sections: the same section is the same publication for as long as the seat is kept.
    var numbers: [Mid: PublicationNumber] = [:]
    /// What is being sent now, in the order it started.
    var published: [LivePublication] = []

    var view: Participant {
        Participant(
            participant: self.participant, leaf: self.leaf, sender: self.sender, profile: self.profile,
            away: self.connection == nil,
            publications: self.published.map { Publication(publication: $0.number.id, use: $0.use) })
    }
}

/// A seat's media connection.
struct SeatMedia: Sendable {
    let endpoint: EndpointNumber
    let offer: AcceptedOffer
    /// The last layout, told again after a resume.
    var assigned: [Mid: PublicationID?] = [:]
    var generation = 0
}

/// Something a seat sends now.
struct LivePublication: Sendable {
    let number: PublicationNumber
    let mid: Mid
    let use: Publication.Use
}
