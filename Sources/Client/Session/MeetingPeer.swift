internal import E2EE
internal import MediaCore
internal import MediaCrypto
internal import Signalling

/// A participant: its end of the group, signalling, media and the way back after a drop. Start it once, ask for reports,
/// leave.
public actor MeetingPeer {
    /// Everything that happens to a peer, in one line.
    enum Input: Sendable {
        case connected(SignallingSocket, connection: Int)
        case notConnected(ClientFailure, connection: Int)
        case message(SocketMessage, connection: Int)
        case dropped(connection: Int)
        case media(ClientMediaEvent, generation: Int)
        case tick
        case say(String)
        case leave
    }

    let thread: OwnThread
    private let server: ServerAddress
    private let meetingID: String
    let options: PeerOptions
    /// What the delivery service said while the passcode was not answered yet, which is its greeting.
    private var held: [[UInt8]] = []
    /// It takes no media and sends none.
    let isService: Bool
    let video: VideoSource?
    let audio: AudioSource?
    private let inputs: AsyncStream<Input>
    let feed: AsyncStream<Input>.Continuation
    let clock = ContinuousClock()
    let started: ContinuousClock.Instant

    /// Nothing when the system gave no key for it.
    var member: Membership?
    /// The only one, through all media connections.
    let keyring = SharedKeyring()
    var session: SessionValue
    var line = Line()
    private var memberDue: ContinuousClock.Instant
    var terms: MediaTerms?
    var answer: Answer?
    var media: MediaThread?
    var mediaGeneration = 0
    /// When to ask for a media connection, the first time or again.
    var openDue: ContinuousClock.Instant?
    var wantDue: ContinuousClock.Instant?
    /// When the tests' hostile peer asks again for what was stopped.
    var insistDue: [Permissions.Use: ContinuousClock.Instant] = [:]
    var progress = PeerReport()
    var past: [[UInt8]: PersonCounters] = [:]
    var presealed: [VideoFrame] = []
    private var failure: ClientFailure?
    var isOver = false
    private var task: Task<Void, Never>?

    /// A peer for the meeting behind `link`. It does nothing before `start`. Throws an `InputFailure`, or a `ClientFailure`
    /// when the system has no thread for it.
    public init(_ link: consuming MeetingLink, _ options: PeerOptions) throws {
        self.video = try options.videoSource()
        self.audio = try options.audioSource()
        self.thread = try OwnThread()
        self.server = link.server
        self.meetingID = link.meetingID
        self.options = options
        let identifier = link.link.invite(SwiftCryptoProvider()).derive(.identifier, SwiftCryptoProvider())
        self.session = SessionValue(
            inviteID: InviteID(bytes: identifier.span.copied()), passcode: options.passcode,
            showsItself: link.link.kind == .host || link.link.kind == .personal)
        self.isService = link.isService
        self.started = self.clock.now
        self.memberDue = self.started
        if options.sharesScreen { self.session.picture = .screen }
        self.session.disobeys = options.disobeys
        do throws(E2EEError) { self.member = try Membership(link.link, options) } catch { self.member = nil }
        (self.inputs, self.feed) = AsyncStream.makeStream(of: Input.self)
    }

    deinit { self.thread.end() }

    /// Begins to join.
    public func start() {
        guard self.task == nil else { return }
        self.task = Task { await self.run() }
    }

    /// How it is going.
    public func report() -> PeerReport { self.makeReport() }

    /// Why it is over, when it is and nobody asked for it.
    public var ended: ClientFailure? { self.failure }

    /// Whether it is over.
    public var hasEnded: Bool { self.isOver }

    /// Says something as soon as it may: to everybody, or as a service that captions about somebody who agreed.
    public nonisolated func say(_ text: String) { self.feed.yield(.say(text)) }

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
            if self.member == nil { self.end(.system) }
            self.tell(.command(.enter))
            for await input in self.inputs {
                if !self.isOver { self.take(input) }
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
        self.member?.close(now: Self.now)
        self.keyring.apply([.wipe], now: MediaClock.now().keyTime)
        self.feed.finish()
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
            self.held = []
            if self.session.hasSeat { self.progress.reconnects += 1 }
            self.say(self.session.first())
        case .notConnected(let failure, let connection):
            guard connection == self.line.connection else { return }
            self.dropLine(now: now)
            // Before the first answer a refusal is final; afterwards the network is to blame, and it may come back.
            if self.session.phase == .outside { self.end(failure) }
        case .message(let message, let connection):
            guard connection == self.line.connection else { return }
            self.line.lastHeard = now
            self.follow(message)
        case .dropped(let connection):
            guard connection == self.line.connection else { return }
            self.dropLine(now: now)
        case .media(let event, let generation):
            guard generation == self.mediaGeneration else { return }
            self.follow(event)
        case .tick: self.tick(now: now)
        case .say(let text): self.member?.say(Array(text.utf8))
        case .leave: self.leaveNow()
        }
    }

    private func tick(now: ContinuousClock.Instant) {
        if self.line.isDead(now: now) {
            self.line.socket?.abort()
            self.dropLine(now: now)
        }
        if self.memberDue <= now {
            self.memberDue = now + Self.memberInterval
            self.tell(.tick)
            self.keyring.expire(now: MediaClock.now().keyTime)
        }
        if let due = self.openDue, due <= now, self.session.phase == .inside, self.line.socket != nil {
            self.askForMedia()
        }
        if let nonce = self.line.ping(now: now) { self.say(.session(.ping(.init(nonce: nonce)))) }
        if let due = self.wantDue, due <= now, self.session.phase == .inside, self.line.socket != nil {
            self.wantDue = nil
            if self.media != nil { self.say(self.session.want()) }
        }
        self.insist(now: now)
    }

    func say(_ message: ClientMessage) { self.line.socket?.send(message.encoded) }

    private func dropLine(now: ContinuousClock.Instant) {
        self.line.dropped(now: now, spread: .random(in: 0..<1))
        guard self.line.isAtDoor else { return }
        self.line.isAtDoor = false
        self.tell(.disconnected)
    }

    private func leaveNow() {
        self.tell(.command(.leave))
        guard !self.isOver else { return }
        self.sayGoodbye()
        self.end(nil)
    }

    private func sayGoodbye() {
        self.say(.session(.leave))
        self.line.socket?.close()
    }

    func end(_ failure: ClientFailure?) {
        guard !self.isOver else { return }
        self.failure = failure
        self.isOver = true
    }

    // MARK: The group

    /// So often the engine is told that time passed.
    private static let memberInterval = Duration.milliseconds(250)

    private static var now: EngineTime {
        EngineTime(monotonic: MediaClock.now().keyTime, unix: MediaClock.unixMilliseconds())
    }

    private func tell(_ input: EngineInput) {
        guard let effects = self.member?.handle(input, now: Self.now) else { return }
        for effect in effects { self.carryOut(effect) }
    }

    private func carryOut(_ effect: MemberEffect) {
        switch effect {
        case .send(let bytes): self.line.socket?.send(bytes)
        case .reconnect:
            self.line.socket?.abort()
            self.dropLine(now: self.clock.now)
        case .keys(let changes, let hasNewcomers):
            self.keyring.apply(changes, now: MediaClock.now().keyTime)
            self.media?.order(.keysChanged(hasNewcomers: hasNewcomers))
        case .stop(let kind): self.stop(kind)
        case .end(let failure):
            self.sayGoodbye()
            self.end(failure)
        }
    }

    // MARK: Session

    /// Nothing but a greeting comes before anything was asked.
    private static let heldAtMost = 4

    private func follow(_ message: SocketMessage) {
        switch message {
        case .binary(let bytes):
            guard self.line.isAtDoor else {
                if self.session.isPassing, self.held.count < Self.heldAtMost { self.held.append(bytes) }
                return
            }
            self.tell(.wire(bytes))
        case .text(let bytes):
            // What does not parse is not ours to guess at: the server speaks a newer protocol, and says so at the join.
            guard let message = try? ServerMessage(decoding: bytes) else { return }
            for effect in self.session.handle(message) { self.carryOut(effect) }
        }
    }

    func carryOut(_ effect: SessionEffect) {
        switch effect {
        case .say(let message): self.say(message)
        case .lineLater(let seconds):
            self.line.wait(seconds: seconds, now: self.clock.now)
            self.line.socket?.close()
        case .atDoor:
            self.line.arrived()
            guard !self.line.isAtDoor else { return }
            self.line.isAtDoor = true
            self.tell(.connected)
            let held = self.held
            self.held = []
            for bytes in held { self.tell(.wire(bytes)) }
        case .seated(let isOldSeat): self.beginMedia(isOldSeat: isOldSeat)
        case .unseated:
            self.progress.rejoins += 1
            self.openDue = nil
            self.dropMedia()
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
            // A fifth of a second bundles the announcements of several people into one list (`media.md` 3.2: at most 5 a second).
            if self.wantDue == nil { self.wantDue = self.clock.now + .milliseconds(200) }
        case .mediaGone:
            self.dropMedia()
            self.openDue = self.clock.now + Self.openAgain
        case .mediaLater(let seconds):
            guard self.media == nil, self.openDue != nil else { return }
            self.openDue = self.clock.now + .seconds(seconds)
        case .insist(let use, let isRefused):
            if isRefused { self.progress.refusals += 1 }
            self.insistDue[use] = self.clock.now + Self.insistAfter
        case .end(let failure): self.end(failure)
        }
    }
}
