/// Somebody in the meeting, as everybody else sees them. There is no name: names travel inside the group.
package struct Participant: Equatable, Sendable {
    /// Who.
    package var participant: ParticipantID
    /// Their leaf number, for the layout: whose frame it is says only the key that opens it.
    package var leaf: Int
    /// Their connection dropped and may come back.
    package var away: Bool
    /// What they send.
    package var publications: [Publication]
    /// What they may begin to send.
    package var may: Permissions

    /// Somebody in the meeting.
    package init(
        participant: ParticipantID, leaf: Int, away: Bool, publications: [Publication], may: Permissions
    ) {
        self.participant = participant
        self.leaf = leaf
        self.away = away
        self.publications = publications
        self.may = may
    }

    static let record = Record<Self>(
        "Participant", Self.init,
        .required("participant", \.participant, .id),
        .required("leaf", \.leaf, .whole(RoomLimits.leaves)),
        .required("away", \.away, .bool),
        .required("publications", \.publications, .list(Publication.record.shape, atMost: 8)),
        .required("may", \.may, Permissions.record.shape))
}

/// Something a participant sends.
package struct Publication: Equatable, Sendable {
    /// What a section is used for.
    package enum Use: String, CaseIterable, Sendable {
        /// Own voice.
        case microphone
        /// Own picture.
        case camera
        /// A shared screen.
        case screen
        /// The sound of a shared screen.
        case screenAudio
    }

    /// Which.
    package var publication: PublicationID
    /// What it is.
    package var use: Use

    /// Something a participant sends.
    package init(publication: PublicationID, use: Use) {
        self.publication = publication
        self.use = use
    }

    static let record = Record<Self>(
        "Publication", Self.init, .required("publication", \.publication, .id), .required("use", \.use, .choice))
}
