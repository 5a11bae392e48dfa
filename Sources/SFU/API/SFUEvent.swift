package import MediaCore

/// One slot and what it shows.
package struct SlotAssignment: Sendable, Equatable {
    /// The slot's mid.
    package var mid: String
    /// What it shows.
    package var publication: PublicationID?

    /// One line.
    package init(mid: String, publication: PublicationID?) {
        self.mid = mid
        self.publication = publication
    }
}

/// How a slot's media is doing.
package enum FlowState: Sendable, Equatable {
    /// Packets are on their way.
    case flowing
    /// Only the lowest layer, for want of bandwidth.
    case floor
    /// Nothing is sent.
    case paused
}

/// Why a slot is not at its best.
package enum FlowReason: Sendable, Equatable {
    /// The subscriber's downlink is too narrow.
    case bandwidth
    /// The publisher muted it.
    case muted
    /// The room's rules forbid it.
    case policy
}

/// What the media plane tells the control plane.
package enum SFUEvent: Sendable {
    /// The endpoint waits for its client.
    case opened(EndpointID, OpenAnswer)
    /// The endpoint was not made.
    case refused(EndpointID, OpenFailure)
    /// DTLS has finished: media may flow.
    case connected(EndpointID)
    /// Its slots show something else now; all of them are listed.
    case assigned(EndpointID, generation: UInt64, [SlotAssignment])
    /// Our side's new credentials.
    case restarted(EndpointID, ICECredentials)
    /// A slot's media changed its state.
    case flow(EndpointID, mid: String, FlowState, FlowReason?)
    /// No sign of the client for 15 s; nothing is sent until one comes.
    case silent(EndpointID)
    /// The endpoint is over; its publications are gone with it.
    case ended(EndpointID, EndpointEnd)
    /// One worker's counters.
    case statistics(WorkerStatistics)
}
