/// Counts of one room, by no means by person.
package struct RoomStatistics: Sendable, Equatable, BitwiseCopyable {
    /// Packets taken in for forwarding.
    package var ingested: UInt64 = 0
    /// Packets handed out, counted once per subscriber.
    package var forwarded: UInt64 = 0
    /// Packets of sections nobody announced, or encodings we do not forward.
    package var unannounced: UInt64 = 0
    /// Packets that came twice, or far too late.
    package var repeated: UInt64 = 0
    /// Packets without payload.
    package var padding: UInt64 = 0
    /// Retransmissions handed out.
    package var resent: UInt64 = 0
    /// Numbers asked for that were not sent, are forgotten, or were resent a moment ago.
    package var resendRefused: UInt64 = 0
    /// Requests beyond an endpoint's rate.
    package var rateLimited: UInt64 = 0
    /// Key frames asked of publishers.
    package var keyFramesAsked: UInt64 = 0
    /// Times a slot was filled.
    package var slotsFilled: UInt64 = 0

    /// Nothing counted yet.
    package init() {}

    /// Adds another room's counts.
    package mutating func add(_ other: Self) {
        self.ingested &+= other.ingested
        self.forwarded &+= other.forwarded
        self.unannounced &+= other.unannounced
        self.repeated &+= other.repeated
        self.padding &+= other.padding
        self.resent &+= other.resent
        self.resendRefused &+= other.resendRefused
        self.rateLimited &+= other.rateLimited
        self.keyFramesAsked &+= other.keyFramesAsked
        self.slotsFilled &+= other.slotsFilled
    }
}
