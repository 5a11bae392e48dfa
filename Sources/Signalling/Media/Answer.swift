/// The server's side of a media connection, from which the client writes its SDP answer (`media.md` 3.3).
package struct Answer: Equatable, Sendable {
    /// ICE user name fragment.
    package var ufrag: String
    /// ICE password.
    package var pwd: String
    /// SHA-256 of the server's DTLS certificate.
    package var fingerprint: String
    /// RTCP name of everything the server sends here.
    package var cname: String
    /// Where the server can be reached.
    package var candidates: [Candidate]
    /// What sound uses.
    package var audio: Audio
    /// What pictures use.
    package var video: Video
    /// Whether audio levels may be sent in clear: they may not.
    package var levels: Bool
    /// What the slots receive on.
    package var slots: [Slot]
    /// What the server grants.
    package var limits: Limits

    /// The server's side.
    package init(
        ufrag: String, pwd: String, fingerprint: String, cname: String, candidates: [Candidate], audio: Audio,
        video: Video, levels: Bool, slots: [Slot], limits: Limits
    ) {
        self.ufrag = ufrag
        self.pwd = pwd
        self.fingerprint = fingerprint
        self.cname = cname
        self.candidates = candidates
        self.audio = audio
        self.video = video
        self.levels = levels
        self.slots = slots
        self.limits = limits
    }
}

extension Answer {
    /// An address of the server's media plane.
    package struct Candidate: Equatable, Sendable {
        /// Transport protocols.
        package enum Transport: String, CaseIterable, Sendable {
            /// Preferred.
            case udp
            /// For firewalls that know nothing else (RFC 6544).
            case tcp
        }

        /// Transport protocol.
        package var transport: Transport
        /// An IP address of the server.
        package var address: String
        /// Its port.
        package var port: Int

        /// An address of the server's media plane.
        package init(transport: Transport, address: String, port: Int) {
            self.transport = transport
            self.address = address
            self.port = port
        }
    }

    /// Payload types of sound.
    package struct Audio: Equatable, Sendable {
        /// Payload types in order of preference.
        package var pts: [Int]
        /// How Opus is used.
        package var opus: Opus

        /// Payload types of sound.
        package init(pts: [Int], opus: Opus) {
            self.pts = pts
            self.opus = opus
        }
    }

    /// Parameters of Opus (RFC 7587 §6.1).
    package struct Opus: Equatable, Sendable {
        /// Bits per second.
        package var maxaveragebitrate: Int

        /// Parameters of Opus.
        package init(maxaveragebitrate: Int) {
            self.maxaveragebitrate = maxaveragebitrate
        }
    }

    /// Payload types of pictures.
    package struct Video: Equatable, Sendable {
        /// Payload types in order of preference.
        package var pts: [Int]

        /// Payload types of pictures.
        package init(pts: [Int]) {
            self.pts = pts
        }
    }

    /// The stream that a slot receives, the same for as long as the connection lives.
    package struct Slot: Equatable, Sendable {
        /// The slot's section.
        package var mid: Mid
        /// SSRC of its media.
        package var ssrc: UInt32
        /// SSRC of its retransmissions.
        package var rtx: UInt32?
        /// Index within its kind; one sound and one picture of the same index play in step.
        package var pair: Int

        /// The stream that a slot receives.
        package init(mid: Mid, ssrc: UInt32, rtx: UInt32? = nil, pair: Int) {
            self.mid = mid
            self.ssrc = ssrc
            self.rtx = rtx
            self.pair = pair
        }
    }

    /// What the server grants.
    package struct Limits: Equatable, Sendable {
        /// How much the client may send.
        package var uplinkKbps: Int
        /// How many pictures it can receive at once.
        package var videoSlots: Int

        /// What the server grants.
        package init(uplinkKbps: Int, videoSlots: Int) {
            self.uplinkKbps = uplinkKbps
            self.videoSlots = videoSlots
        }
    }
}
