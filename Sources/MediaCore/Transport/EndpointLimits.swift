/// The timers and bounds of one endpoint (`media.md` 2.4 and 9.4), each with its reason.
package enum EndpointLimits {
    /// Browsers probe a handful of paths; more than 8 is somebody making us keep state.
    package static let paths = 8
    /// RTP SSRCs an endpoint may bind beyond those signalling named: simulcast and its RTX on every section fit.
    package static let unnamedSources = 24
    /// Firefox answers RTCP from one SSRC per section, so that many senders of RTCP are normal.
    package static let rtcpSources = 16
    /// Answers to STUN requests waiting to be sent; a drained endpoint has none.
    package static let pendingAnswers = 8
    /// Events waiting to be drained.
    package static let pendingEvents = 64
    /// Own sections and slots together; a gallery has 8 + 49 slots and 4 sections.
    package static let streams = 64

    /// No path validated by ICE within this time: nobody is there.
    package static let pathDeadline = MediaSpan.seconds(15)
    /// DTLS not finished this long after a ClientHello; one that comes again does not count anew, and another one, of a
    /// stranger or of the true client after him, only as often as DTLS has tries.
    package static let handshakeDeadline = MediaSpan.seconds(10)
    /// No authenticated check on the selected path: send nothing (browsers check every 2 to 5 s).
    package static let silentAfter = MediaSpan.seconds(15)
    /// No authenticated check on the selected path: the peer is gone.
    package static let deadAfter = MediaSpan.seconds(30)
    /// ICE restart: the old credentials end this long after it, whatever comes.
    package static let restartWindow = MediaSpan.seconds(20)
    /// Old credentials stay valid this long after the first check with the new ones, but not beyond the window.
    package static let restartOverlap = MediaSpan.seconds(5)
    /// A check that comes again later than this was recorded by somebody; no retransmission is that late.
    package static let checkRepetition = MediaSpan.seconds(5)
    /// Checks remembered to tell repeated ones; see `CheckMemory`.
    package static let rememberedChecks = 128

    /// Path challenge: tries and their distance (`media.md` 9.3).
    package static let challengeTries: UInt8 = 3
    /// See `challengeTries`.
    package static let challengeInterval = MediaSpan.milliseconds(200)
    /// Bytes sent to an unproven path for each byte received from it.
    package static let amplification: UInt64 = 3

    /// Client role: between checks while no pair works.
    package static let checkInterval = MediaSpan.milliseconds(50)
    /// Client role: between checks of the working pair (RFC 7675 asks for about 5 s; 2 s finds a cut sooner).
    package static let consentInterval = MediaSpan.seconds(2)

    /// Sender and receiver reports.
    package static let reportInterval = MediaSpan.seconds(1)
    /// Transport-wide feedback.
    package static let feedbackInterval = MediaSpan.milliseconds(100)
    /// Distance of two looks at the list of missing packets.
    package static let nackInterval = MediaSpan.milliseconds(20)
    /// A key frame is asked again when none came.
    package static let keyFrameRetry = MediaSpan.seconds(1)
    /// Sender reports of one stream closer than this are not passed on: each costs the room a look at every subscriber.
    package static let senderReportInterval = MediaSpan.milliseconds(100)
    /// NACK items and FIR entries looked at in one datagram; 16 items of 17 numbers are more than a slot's history holds,
    /// and the rest is asked again.
    package static let feedbackItems = 16
    /// RTP payload of a packet we take. Both browsers stay below 1,200; with our own header, RTX and tag it must still fit
    /// what is sent to the subscribers, who would see a number used up for nothing.
    package static let payload = 1_300
}

/// Why an endpoint could not be made.
public enum EndpointError: Error, Equatable {
    /// More streams, sections, or longer names than the tables hold.
    case tooLarge
    /// A mid, credential, identifier or fingerprint is not of its form.
    case malformed
    /// DTLS could not be set up.
    case cryptography
}

/// Counters of one endpoint, plain numbers; they never leave the process per person.
public struct EndpointStatistics: Sendable, Equatable {
    /// Datagrams of any kind that came in.
    public var received: UInt64 = 0
    /// Media packets handed out.
    public var mediaReceived: UInt64 = 0
    /// Media packets that came back by retransmission.
    public var recovered: UInt64 = 0
    /// Numbers that never came, as the receive streams count them.
    public var lost: UInt64 = 0
    /// Media packets sealed.
    public var mediaSent: UInt64 = 0
    /// Of those, retransmissions.
    public var retransmitted: UInt64 = 0
    /// Media packets dropped because their payload was longer than any we forward.
    public var oversized: UInt64 = 0
    /// Datagrams dropped because they were no STUN, DTLS, RTP or RTCP of ours.
    public var dropped: UInt64 = 0
    /// Packets whose authentication failed.
    public var unauthenticated: UInt64 = 0
    /// Authenticated packets that belong to no section.
    public var unbound: UInt64 = 0
    /// Replayed or duplicated packets.
    public var duplicates: UInt64 = 0
    /// Generic NACK items sent.
    public var nacksSent: UInt64 = 0
    /// Key frame requests sent.
    public var keyFrameRequests: UInt64 = 0
    /// Times a full table or queue made us drop something.
    public var overflows: UInt64 = 0
    /// No counts.
    public init() {}
}
