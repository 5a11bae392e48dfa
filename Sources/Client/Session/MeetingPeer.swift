internal import E2EE
internal import MediaCore
internal import MediaCrypto
internal import Signalling

/// A participant: signalling, media and the way back after a drop. Start it once, ask for reports, leave.
public actor MeetingPeer {
    /// Everything that happens to a peer, in one line.
    private enum Input: Sendable {
        case connected(SignallingSocket, connection: Int)
        case notConnected(ClientFailure, connection: Int)
        case message([UInt8], connection: Int)
        case dropped(connection: Int)
        case media(ClientMediaEvent, generation: Int)
        case tick
        case leave
    }

    private let server: ServerAddress
    private let meetingID: String
    private let options: PeerOptions
    private let video: VideoSource?
    private let audio: AudioSource?
    private let inputs: AsyncStream<Input>
    private let feed: AsyncStream<Input>.Continuation
    private let clock = ContinuousClock()
    private let started: ContinuousClock.Instant

    private var session: SessionValue
    private var line = Line()
    private var terms: MediaTerms?
    private var answer: Answer?
    private var media: MediaThread?
    private var mediaGeneration = 0
    private var wantDue: ContinuousClock.Instant?
    private var progress = PeerReport()
    private var past: [[UInt8]: PersonCounters] = [:]
    private var presealed: [VideoFrame] = []
    private var failure: ClientFailure?
    private var isOver = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var task: Task<Void, Never>?

    /// A peer for the meeting behind `link`. It does nothing before `start`.
    public init(_ link: consuming MeetingLink, _ options: PeerOptions) throws(InputFailure) {
        self.video = try options.videoSource()
        self.audio = try options.audioSource()
        self.server = link.server
        self.meetingID = link.meetingID
        self.options = options
        self.session = SessionValue(invite: link.link.invite(SwiftCryptoProvider()), name: options.name.text)
        self.started = self.clock.now
        (self.inputs, self.feed) = AsyncStream.makeStream(of: Input.self)
    }

    /// Begins to join.
    public func start() {
        guard self.task == nil else { return }
        self.task = Task { await self.run() }
    }

    /// Waits for the first media connection, or for the reason why there is none.
    public func connected() async throws(ClientFailure) {
        while self.progress.connectMilliseconds == nil, !self.isOver {
            await withCheckedContinuation { self.waiting.append($0) }
        }
        if let failure = self.failure { throw failure }
    }

    /// How it is going.
    public func report() -> PeerReport { self.makeReport() }

    /// Why it is over, when it is and nobody asked for it.
    public var ended: ClientFailure? { self.failure }

    /// Whether it is over.
    public var hasEnded: Bool { self.isOver }

    /// Leaves the meeting and ends everything; the last report stays.
    public func leave() async {
        self.feed.yield(.leave)
        await self.task?.value
    }

    /// Own frames as they were before sealing, as an IVF file, once the peer has left.
    public func presealedFile() -> [UInt8] {
        guard let first = self.presealed.first else { return [] }
        var writer = IVFWriter(width: first.width, height: first.height)
        var time: UInt64 = 0
        for frame in self.presealed {
            writer.append(frame.bytes, time: time)
            time += UInt64(frame.duration)
        }
        return writer.bytes
    }

    // MARK: The loop

    private func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [feed = self.feed] in
                // Cancellation ends the sleep and with it the ticking.
                while (try? await Task.sleep(for: .milliseconds(100))) != nil { feed.yield(.tick) }
            }
            self.line.nextAttempt = self.clock.now
            for await input in self.inputs {
                self.take(input)
                if self.isOver { break }
                if let connection = self.line.startAttempt(now: self.clock.now) {
                    group.addTask { [feed = self.feed, server = self.server, meetingID = self.meetingID] in
                        await Self.converse(server, meetingID, connection, feed)
                    }
                }
            }
            group.cancelAll()
        }
        await self.stopMedia()
        self.feed.finish()
        self.wakeWaiting()
    }

    /// One connection from beginning to end, as inputs.
    private static func converse(
        _ server: ServerAddress, _ meetingID: String, _ connection: Int, _ feed: AsyncStream<Input>.Continuation
    ) async {
        do throws(ClientFailure) {
            let socket = try await SignallingSocket.connect(to: server, meetingID: meetingID)
            feed.yield(.connected(socket, connection: connection))
            for await message in socket.messages { feed.yield(.message(message, connection: connection)) }
            socket.abort()
            feed.yield(.dropped(connection: connection))
        } catch {
            feed.yield(.notConnected(error, connection: connection))
        }
    }

    private func take(_ input: Input) {
        let now = self.clock.now
        switch input {
        case .connected(let socket, let connection):
            guard connection == self.line.connection else { return socket.abort() }
            self.line.opened(socket, now: now)
            self.sayFirst()
        case .notConnected(let failure, let connection):
            guard connection == self.line.connection else { return }
            self.line.dropped(now: now)
            // Before the first seat a refusal is final; afterwards the network is to blame, and it may come back.
            if self.session.phase == .outside { self.end(failure) }
        case .message(let bytes, let connection):
            guard connection == self.line.connection else { return }
            self.line.lastHeard = now
            // What does not parse is not ours to guess at: the server speaks a newer protocol, and says so at the join.
            if let message = try? ServerMessage(decoding: bytes) { self.follow(message) }
        case .dropped(let connection):
            guard connection == self.line.connection else { return }
            self.line.dropped(now: now)
        case .media(let event, let generation):
            guard generation == self.mediaGeneration else { return }
            self.follow(event)
        case .tick: self.tick(now: now)
        case .leave: self.leaveNow()
        }
    }

    private func tick(now: ContinuousClock.Instant) {
        if self.line.isDead(now: now) {
            self.line.socket?.abort()
            self.line.dropped(now: now)
        }
        if let nonce = self.line.ping(now: now) { self.say(.session(.ping(.init(nonce: nonce)))) }
        if let due = self.wantDue, due <= now, self.session.phase == .inside, self.line.socket != nil {
            self.wantDue = nil
            if self.media != nil { self.say(self.session.want()) }
        }
    }

    private func say(_ message: ClientMessage) { self.line.socket?.send(message.encoded) }

    private func leaveNow() {
        self.say(.session(.leave))
        self.line.socket?.close()
        self.end(nil)
    }

    private func end(_ failure: ClientFailure?) {
        self.failure = failure
        self.isOver = true
        self.wakeWaiting()
    }

    private func wakeWaiting() {
        let waiting = self.waiting
        self.waiting = []
        for continuation in waiting { continuation.resume() }
    }

    // MARK: Session

    private func sayFirst() {
        if let message = self.session.comeBack() {
            self.progress.reconnects += 1
            return self.say(message)
        }
        var random = SystemRandomNumberGenerator()
        let sender = (0..<InterimFrameKeys.senderByteCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let nonce = (0..<12).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        do {
            self.say(try self.session.join(sender: sender, nonce: nonce))
        } catch {
            self.end(.system)
        }
    }

    private func follow(_ message: ServerMessage) {
        let effects = self.session.handle(message)
        if case .session(.joined(let joined)) = message, self.session.phase == .inside {
            self.beginMedia(isOldSeat: joined.resumed)
        }
        for effect in effects { self.carryOut(effect) }
    }

    private func carryOut(_ effect: SessionEffect) {
        switch effect {
        case .say(let message): self.say(message)
        case .open(let answer): self.open(answer)
        case .restarted(let credentials):
            guard let terms = self.terms, let answer = self.answer else { return }
            self.media?.order(
                .restart(
                    local: terms.local,
                    remote: ICECredentials(userFragment: credentials.ufrag, password: credentials.pwd),
                    candidates: MediaTerms.candidates(answer)))
        case .order(let order): self.media?.order(order)
        case .wantChanged:
            // 100 ms bundle the announcements of several people into one list (`media.md` 3.2: at most 5 a second).
            if self.wantDue == nil { self.wantDue = self.clock.now + .milliseconds(200) }
        case .startAnew: self.startAnew()
        case .end(let failure): self.end(failure)
        }
    }

    /// A new sender id needs new keys, and new media with them.
    private func startAnew() {
        self.progress.rejoins += 1
        if self.session.phase == .inside { self.say(.session(.leave)) }
        self.line.socket?.close()
        self.dropMedia()
        self.session.forgetSeat()
        self.line.dropped(now: self.clock.now)
    }

    // MARK: Media

    private func beginMedia(isOldSeat: Bool) {
        if isOldSeat, self.media != nil {
            let local = MediaTerms.credentials()
            self.terms?.local = local
            return self.say(.media(.restart(.init(ufrag: local.userFragment, pwd: local.password))))
        }
        do throws(ClientFailure) {
            let terms = try MediaTerms(
                layout: MediaLayout(audioSlots: self.options.audioSlots, videoSlots: self.options.videoSlots))
            self.terms = terms
            self.say(.media(.open(terms.offer)))
        } catch {
            self.end(error)
        }
    }

    private func open(_ answer: Answer) {
        guard self.media == nil, let terms = self.terms, let (slots, parameters) = terms.parameters(answer) else {
            return
        }
        self.answer = answer
        self.mediaGeneration += 1
        let setup = MediaSetup(
            parameters: parameters, slots: slots, invite: self.session.invite.duplicate(), sender: self.session.sender,
            leaf: self.session.leaf, video: self.video, audio: self.audio,
            recordsPresealed: self.options.recordsPresealed, transform: self.options.transform)
        let media: MediaThread
        do {
            media = try MediaThread(setup, identity: terms.identity) {
                [feed = self.feed, generation = mediaGeneration] in
                feed.yield(.media($0, generation: generation))
            }
        } catch {
            return self.end(.system)
        }
        self.media = media
        for person in self.session.people.values { media.order(.seat(sender: person.sender, leaf: person.leaf)) }
        if self.audio != nil {
            media.order(.send(.audio, isOn: true))
            self.say(.media(.publish(.init(mid: Mid(unchecked: MediaLayout.microphone)))))
        }
        if self.video != nil {
            media.order(.send(.video, isOn: true))
            self.say(.media(.publish(.init(mid: Mid(unchecked: MediaLayout.camera)))))
        }
        self.wantDue = self.clock.now
    }

    private func follow(_ event: ClientMediaEvent) {
        switch event {
        case .connected(let version, let profile):
            self.progress.isConnected = true
            self.progress.dtlsVersion = version
            self.progress.srtpProfile = profile
            if self.progress.connectMilliseconds == nil {
                self.progress.connectMilliseconds = Int((self.clock.now - self.started) / .milliseconds(1))
            }
            self.wakeWaiting()
        case .silent:
            guard self.session.phase == .inside, self.line.socket != nil else { return }
            self.beginMedia(isOldSeat: true)
        case .ended:
            self.progress.isConnected = false
            self.startAnew()
        }
    }

    /// Keeps the counters of a media side that goes.
    private func dropMedia() {
        guard let media = self.media else { return }
        self.keep(media.snapshot)
        media.order(.close)
        self.media = nil
        self.mediaGeneration += 1
        self.progress.isConnected = false
    }

    private func keep(_ snapshot: MediaSnapshot) {
        for (sender, counters) in snapshot.counters { self.past[sender, default: PersonCounters()] += counters }
        self.progress.packetsSent += snapshot.statistics.mediaSent
        self.progress.retransmitted += snapshot.statistics.retransmitted
        self.progress.unauthenticated += snapshot.statistics.unauthenticated
        self.presealed += snapshot.presealed
    }

    /// Closes media and waits for its last words: the thread ends within its next turn.
    private func stopMedia() async {
        guard let media = self.media else { return }
        media.order(.close)
        for _ in 0..<50 where !media.isStopped {
            // An interrupted sleep only shortens the wait.
            try? await Task.sleep(for: .milliseconds(10))
        }
        self.media = nil
        self.keep(media.snapshot)
    }

    // MARK: Report

    private func makeReport() -> PeerReport {
        var report = self.progress
        report.seconds = (self.clock.now - self.started) / .seconds(1)
        report.isJoined = self.session.phase == .inside && self.line.socket != nil && !self.isOver
        var counters = self.past
        if let snapshot = self.media?.snapshot {
            for (sender, more) in snapshot.counters { counters[sender, default: PersonCounters()] += more }
            report.packetsSent += snapshot.statistics.mediaSent
            report.retransmitted += snapshot.statistics.retransmitted
            report.unauthenticated += snapshot.statistics.unauthenticated
        }
        let present = Dictionary(self.session.people.values.map { ($0.sender, $0) }) { first, _ in first }
        report.remotes = self.session.names.map { sender, name in
            let counted = counters[sender] ?? PersonCounters()
            return PeerReport.Remote(
                name: name, isPresent: present[sender] != nil, isAway: present[sender]?.isAway ?? false,
                video: counted.video, audio: counted.audio)
        }.sorted { ($0.name, $0.video.frames) < ($1.name, $1.video.frames) }
        if let nobody = counters[[]] {
            report.unattributed = nobody.video
            report.unattributed += nobody.audio
        }
        return report
    }
}
