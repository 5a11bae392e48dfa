/// What an owner of many endpoints must know of one to keep their paths apart.
extension Endpoint {
    /// Media flows over the selected path, and its peer was heard lately: nobody else may take that path.
    package var holdsItsPath: Bool { self.isConnected && !self.isSilent && self.selectedPath != nil }

    /// The round trip to the peer, smoothed; nil before anything was measured.
    package var measuredRoundTrip: MediaSpan? { self.incoming.hasMeasuredRoundTrip ? self.incoming.roundTrip : nil }
}
