internal import E2EE
package import MediaCore
package import MediaCrypto

/// What a peer's media needs to begin.
package struct MediaSetup: ~Copyable {
    var parameters: EndpointParameters
    var slots: [MediaSlot]
    var keyring: SharedKeyring
    var video: VideoSource?
    var audio: AudioSource?
    var sharesScreen: Bool
    var recordsPresealed: Bool
    var transform: FrameTransform?

    /// A beginning. `keyring` is the person's only one, through all media connections: it counts. The picture is sealed as the
    /// camera's, or as that of a shared screen.
    package init(
        parameters: EndpointParameters, slots: [MediaSlot], keyring: SharedKeyring, video: VideoSource?,
        audio: AudioSource?, sharesScreen: Bool = false, recordsPresealed: Bool = false,
        transform: FrameTransform? = nil
    ) {
        self.parameters = parameters
        self.slots = slots
        self.keyring = keyring
        self.video = video
        self.audio = audio
        self.sharesScreen = sharesScreen
        self.recordsPresealed = recordsPresealed
        self.transform = transform
    }
}

/// Stands between sealing and the packetizer, so that the tests can play a hostile peer. No program of ours sets it, and
/// there is no flag that could: it gets the frame and its sealed form and answers what goes out.
package typealias FrameTransform = @Sendable (_ frame: [UInt8], _ sealed: [UInt8]) -> [UInt8]

/// What happened on the media side that the session must know.
package enum ClientMediaEvent: Sendable, Equatable {
    /// Media may flow.
    case connected(dtlsVersion: UInt16, srtpProfile: UInt16)
    /// Nobody was heard for a while.
    case silent
    /// Nothing more comes.
    case ended(EndpointEnd)
}

/// What to do next.
package enum ClientMediaOutput {
    /// The first bytes of the packet buffer go to this path.
    case transmit(PathKey, byteCount: Int)
    /// Something happened.
    case event(ClientMediaEvent)
    /// Nothing to do before this time, unless there is input.
    case idle(until: MediaTime)
}

/// A peer's media, sans-IO: one endpoint in the client role, two tracks to send, slots to receive. One input, then `next`
/// until it is idle; time is an argument (`media.md` 1.3). It knows people by signature key, but no names and no sockets.
package struct ClientMedia: ~Copyable {
    package var endpoint: Endpoint
    var slab = PacketSlab(capacity: 1_024)
    let keyring: SharedKeyring
    var microphone: SendingTrack
    var camera: SendingTrack
    var slots: [ReceivingSlot]
    var pending: [Outgoing] = []
    var events: [ClientMediaEvent] = []
    /// Counters by signature key. What opened under no key is counted where the layout says it came from, else at no key.
    package var counters: [[UInt8]: PersonCounters] = [:]
    let transform: FrameTransform?
    /// Own frames before sealing, when asked for.
    package var presealed: [VideoFrame] = []
    let recordsPresealed: Bool
    /// When newcomers get their whole picture.
    private var keyFrameDue = MediaTime.never
    private var keyFrameGivenAt: MediaTime?

    /// However many come one by one, a whole picture is made once in this time for them (`e2ee.md` 6).
    private static let keyFrameInterval = MediaSpan.seconds(1)

    /// A client that begins to look for its server.
    package init(
        _ setup: consuming MediaSetup, identity: Identity, now: MediaTime, wallClockOffset: UInt64, seed: UInt64
    ) throws {
        let endpoint = try Endpoint(
            setup.parameters, identity: identity, now: now, wallClockOffset: wallClockOffset, seed: seed)
        self.endpoint = endpoint
        self.keyring = setup.keyring
        self.microphone = SendingTrack(.audio(setup.audio), .microphone, stream: 0, seed: seed)
        self.camera = SendingTrack(
            .video(setup.video), setup.sharesScreen ? .screen : .camera, stream: 1, seed: seed &+ 1)
        self.slots = setup.slots.map { ReceivingSlot(mid: $0.mid, kind: $0.kind) }
        self.transform = setup.transform
        self.recordsPresealed = setup.recordsPresealed
        self.keysChanged(hasNewcomers: false, now: now)
    }

    // MARK: Input

    /// Takes a datagram.
    package mutating func receive(_ datagram: RawSpan, on path: PathKey, arrival: MediaTime) {
        self.endpoint.receive(datagram, on: path, arrival: arrival, slab: &self.slab)
    }

    /// A timer fired, or a frame is due.
    package mutating func elapse(now: MediaTime) {
        self.endpoint.elapse(now: now)
        self.keyring.expire(now: now.keyTime)
        for index in self.slots.indices where self.slots[index].deadline <= now {
            self.expireHeld(index, now: now)
            self.takeFrames(index, now: now)
        }
        if self.keyFrameDue <= now {
            self.keyFrameDue = .never
            self.keyFrameGivenAt = now
            self.camera.keyFrameWanted = true
        }
        guard self.endpoint.isConnected else { return }
        while let due = self.microphone.next(now: now, self.keyring, self.transform) {
            self.queue(due, .audio, now: now)
        }
        while let due = self.camera.next(now: now, self.keyring, self.transform) { self.queue(due, .video, now: now) }
    }

    /// The keyring has another epoch, or its gate moved. Whoever came with the epoch needs a whole picture.
    package mutating func keysChanged(hasNewcomers: Bool, now: MediaTime) {
        let isOpen = self.keyring.mayEncrypt
        self.microphone.setGate(isOpen: isOpen, now: now)
        self.camera.setGate(isOpen: isOpen, now: now)
        self.openHeld()
        guard hasNewcomers else { return }
        let next = self.keyFrameGivenAt.map { $0 + Self.keyFrameInterval } ?? now
        self.keyFrameDue = min(self.keyFrameDue, max(now, next))
    }

    /// Counts for a person, by signature key.
    mutating func count(_ key: [UInt8]?, _ body: (inout PersonCounters) -> Void) {
        body(&self.counters[key ?? [], default: PersonCounters()])
    }

    /// A track begins or stops; its SSRC stays bound and its numbers go on.
    package mutating func send(_ kind: MediaKind, _ isOn: Bool, now: MediaTime) {
        if kind == .audio { self.microphone.set(isOn, now: now) } else { self.camera.set(isOn, now: now) }
    }

    /// What the layout says about a slot: a hint, for counting only.
    package mutating func assign(mid: String, leaf: UInt32?) {
        guard let index = self.slots.firstIndex(where: { $0.mid == mid }) else { return }
        self.slots[index].leaf = leaf
    }

    mutating func restart(local: ICECredentials, remote: ICECredentials, candidates: [PathKey], now: MediaTime) {
        self.endpoint.perform(.restart(local: local, remote: remote, remoteCandidates: candidates), now: now)
    }

    mutating func close(now: MediaTime) { self.endpoint.perform(.close, now: now) }

    // MARK: Output

    /// The next output; call until it answers `idle`.
    package mutating func next(
        now: MediaTime, into scratch: inout Scratch, _ packet: inout PacketBuffer
    ) -> ClientMediaOutput {
        while true {
            if !self.events.isEmpty { return .event(self.events.removeFirst()) }
            if let sent = self.nextPacket(now: now, into: &packet) { return sent }
            switch self.endpoint.next(now: now, into: &scratch) {
            case .transmit(let path, let byteCount):
                packet.copy(scratch, byteCount)
                return .transmit(path, byteCount: byteCount)
            case .media(let handle): self.take(handle, now: now)
            case .event(let event): self.follow(event, now: now)
            case .idle(let until):
                // Events and answers to NACKs may have come up meanwhile.
                guard self.events.isEmpty, self.pending.isEmpty else { continue }
                return .idle(until: self.deadline(until))
            }
        }
    }

    private mutating func nextPacket(now: MediaTime, into packet: inout PacketBuffer) -> ClientMediaOutput? {
        while !self.pending.isEmpty {
            let outgoing = self.pending.removeFirst()
            defer { self.slab.release(outgoing.packet) }
            // SAFETY: the buffer is the caller's, and nobody else looks at it meanwhile.
            let count = unsafe self.endpoint.write(outgoing, from: self.slab, now: now, into: packet.bytes)
            if count > 0, let path = self.endpoint.selectedPath { return .transmit(path, byteCount: count) }
        }
        return nil
    }

    private func deadline(_ endpoint: MediaTime) -> MediaTime {
        var deadline = min(endpoint, self.keyFrameDue)
        if let end = self.keyring.deadline { deadline = min(deadline, MediaTime(keyTime: end)) }
        // By index: each slot taken out would be a copy, at every packet.
        for index in self.slots.indices { deadline = min(deadline, self.slots[index].deadline) }
        guard self.endpoint.isConnected else { return deadline }
        return min(deadline, self.microphone.due, self.camera.due)
    }

    private mutating func follow(_ event: EndpointEvent, now: MediaTime) {
        switch event {
        case .connected(let version, let profile):
            self.microphone.start(now: now)
            self.camera.start(now: now)
            self.events.append(.connected(dtlsVersion: version, srtpProfile: profile))
        case .keyFrameWanted(let stream):
            if stream == self.camera.stream { self.camera.keyFrameWanted = true }
        case .missing(let stream, let sequence, let following):
            guard stream == self.camera.stream else { return }
            let handles = self.camera.resend(sequence, following, now: now)
            for outgoing in handles where self.slab.retain(outgoing.packet) { self.pending.append(outgoing) }
        case .silent: self.events.append(.silent)
        case .ended(let reason): self.events.append(.ended(reason))
        case .pathSelected, .senderReport: break
        }
    }
}
