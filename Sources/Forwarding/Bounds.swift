package import MediaCore

/// Every table of this module ends somewhere; this is the list (`media.md` 9.4), and a test fills each.
package enum Bounds {
    /// Endpoints in one room.
    package static let members = 1_024
    /// Own sections of one endpoint that can be announced.
    package static let sections = 8
    /// Receive slots of one endpoint, both kinds together: the gallery layout has 8 + 49.
    package static let slots = 64
    /// Items of one want list; the message allows no more.
    package static let wants = 100
    /// Packets decided but not yet written, per endpoint. Full means "flush now", never "drop".
    package static let pending = 64
    /// Packets one NACK item can name: its number and the sixteen after it (RFC 4585 §6.2.1).
    package static let nackItem = 17
    /// Packets ingested in one turn before a flush must come.
    package static let turn = 256
    /// Packets kept for retransmission, per video publication: about 2 s of a camera.
    package static let ring = 1_024
    /// How long a packet is kept for retransmission.
    package static let ringSpan = MediaSpan.seconds(2)
    /// Sent packets a video slot remembers: 1.5 s of a camera at 1.5 Mbit/s.
    package static let history = 256
    /// Retransmissions one endpoint may ask for in a burst, and per second.
    package static let retransmissionBurst: Int64 = 128
    /// See `retransmissionBurst`.
    package static let retransmissionsPerSecond: Int64 = 500
    /// NACK items one endpoint may send in a burst, and per second: each costs a look, whether it is served or not.
    package static let nackItemBurst: Int64 = 200
    /// See `nackItemBurst`.
    package static let nackItemsPerSecond: Int64 = 400
    /// A slot that joins at a late key frame gets what came after it, up to this many packets.
    package static let catchUp: UInt64 = 24
    /// When three quarters of all cells are taken, a publication keeps this many packets and no more.
    package static let ringWhenCrowded: UInt64 = 64
    /// Key frames one endpoint may ask for in a burst (every slot at once, twice), and per second.
    package static let keyFrameBurst: Int64 = 100
    /// See `keyFrameBurst`.
    package static let keyFramesPerSecond: Int64 = 10
}

/// The timers of forwarding (`media.md` 2.4, 3.4), in one place.
package enum Timers {
    /// A slot is not filled again this soon: receivers need a moment per change, and nothing should flicker.
    package static let refill = MediaSpan.milliseconds(300)
    /// One request per source in this time, however many subscribers wait. A camera with one layer is its own top layer,
    /// for which `media.md` 2.4 says half a second; lower layers, when they come, may be asked sooner.
    package static let keyFrameInterval = MediaSpan.milliseconds(500)
    /// No key frame came: ask again.
    package static let keyFrameRetry = MediaSpan.seconds(1)
    /// A packet is resent at most once per round trip. Until the round trip is known the shortest one counts: with a
    /// longer guess all tries of a receiver close by would fall into one, and a lost retransmission would stay lost.
    package static let roundTripUnknown = MediaSpan.milliseconds(20)
    /// Rings of silent publications are trimmed this often.
    package static let trim = MediaSpan.seconds(1)
}
