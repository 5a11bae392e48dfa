/// A browser's offer as values instead of SDP (`media.md` 3). What is inside one field is checked when it is read; how
/// the fields fit together is checked by the meeting.
package struct Offer: Equatable, Sendable {
    /// What the connection is for; one connection carries both directions.
    package enum Use: String, CaseIterable, Sendable {
        /// Sending and receiving.
        case both
    }

    /// What the connection is for.
    package var use: Use
    /// ICE user name fragment.
    package var ufrag: String
    /// ICE password.
    package var pwd: String
    /// SHA-256 of the client's DTLS certificate.
    package var fingerprint: String
    /// What the client runs on.
    package var device: SessionCommand.Device
    /// Payload types it can send and receive.
    package var payloads: [Payload]
    /// The identifiers of its header extensions.
    package var extensions: Extensions
    /// Its media sections, own ones first.
    package var sections: [Section]

    /// An offer.
    package init(
        use: Use, ufrag: String, pwd: String, fingerprint: String, device: SessionCommand.Device, payloads: [Payload],
        extensions: Extensions, sections: [Section]
    ) {
        self.use = use
        self.ufrag = ufrag
        self.pwd = pwd
        self.fingerprint = fingerprint
        self.device = device
        self.payloads = payloads
        self.extensions = extensions
        self.sections = sections
    }
}

extension Offer {
    /// One payload type.
    package struct Payload: Equatable, Sendable {
        /// Codecs we know.
        package enum Codec: String, CaseIterable, Sendable {
            /// Sound.
            case opus
            /// Picture, everywhere.
            case vp8 = "VP8"
            /// Picture with layers.
            case vp9 = "VP9"
        }

        /// RTP payload type.
        package var pt: Int
        /// What it carries.
        package var codec: Codec
        /// Payload type of its retransmissions.
        package var rtx: Int?

        /// One payload type.
        package init(pt: Int, codec: Codec, rtx: Int? = nil) {
            self.pt = pt
            self.codec = codec
            self.rtx = rtx
        }
    }

    /// Identifiers of header extensions (RFC 8285), the client's own.
    package struct Extensions: Equatable, Sendable {
        /// Media identification.
        package var mid: Int
        /// Transport-wide congestion control.
        package var twcc: Int
        /// RTP stream id.
        package var rid: Int?
        /// Repaired RTP stream id.
        package var rrid: Int?
        /// Dependency descriptor.
        package var dd: Int?
        /// Video layers allocation.
        package var vla: Int?

        /// Identifiers of header extensions.
        package init(
            mid: Int, twcc: Int, rid: Int? = nil, rrid: Int? = nil, dd: Int? = nil, vla: Int? = nil
        ) {
            self.mid = mid
            self.twcc = twcc
            self.rid = rid
            self.rrid = rrid
            self.dd = dd
            self.vla = vla
        }
    }

    /// One media section.
    package struct Section: Equatable, Sendable {
        /// Sound or picture.
        package enum Kind: String, CaseIterable, Sendable {
            /// Sound.
            case audio
            /// Picture.
            case video
        }

        /// What it is for.
        package enum Use: String, CaseIterable, Sendable {
            /// Own voice.
            case microphone
            /// Own picture.
            case camera
            /// A shared screen.
            case screen
            /// The sound of a shared screen.
            case screenAudio
            /// Receives somebody.
            case slot
        }

        /// How an own picture is encoded.
        package enum Layout: String, CaseIterable, Sendable {
            /// One encoding.
            case single
            /// Several, each with a rid.
            case simulcast
            /// One, with layers inside.
            case svc
        }

        /// Which.
        package var mid: Mid
        /// Sound or picture.
        package var kind: Kind
        /// What it is for.
        package var use: Use
        /// How it is encoded.
        package var layout: Layout?
        /// The names of its encodings.
        package var rids: [RID]?
        /// Every SSRC the offer names for it.
        package var ssrcs: [UInt32]?

        /// One media section.
        package init(
            mid: Mid, kind: Kind, use: Use, layout: Layout? = nil, rids: [RID]? = nil, ssrcs: [UInt32]? = nil
        ) {
            self.mid = mid
            self.kind = kind
            self.use = use
            self.layout = layout
            self.rids = rids
            self.ssrcs = ssrcs
        }
    }
}
