package import Client
internal import E2EE
package import MediaCore
internal import Wire

/// What a peer of a `TestRoom` is like.
package struct TestPeerOptions {
    /// Its picture; nil = it sends none.
    package var video: VideoSource?
    /// Its voice; nil = it sends none.
    package var audio: AudioSource?
    /// What its line does to what it sends.
    package var up: NetemConditions
    /// What its line does to what it receives.
    package var down: NetemConditions
    /// Makes it a hostile peer: answers what goes out instead of the sealed frame.
    package var transform: FrameTransform?
    /// Keeps its frames as they were before sealing.
    package var recordsPresealed = false

    /// A peer with the built-in voice and the given picture, on lines of 20 ms.
    package init(
        video: VideoSource? = nil, audio: AudioSource? = AudioSource(),
        up: NetemConditions = NetemConditions(delay: .milliseconds(20)),
        down: NetemConditions = NetemConditions(delay: .milliseconds(20))
    ) {
        self.video = video
        self.audio = audio
        self.up = up
        self.down = down
    }
}

/// A participant of a `TestRoom`: the media of the Swift client, and the line to the server.
package final class TestPeer {
    /// Where it sits.
    package let leaf: UInt32
    /// Its signature key.
    package let key: [UInt8]
    /// The line towards the server.
    package var up: Netem
    /// The line from the server.
    package var down: Netem
    /// What its media told so far.
    package private(set) var events: [ClientMediaEvent] = []

    let keyring: SharedKeyring
    var media: ClientMedia
    var deadline = MediaTime.zero
    private var scratch = Scratch()
    private var packet = PacketBuffer()

    init(leaf: UInt32, key: [UInt8], keyring: SharedKeyring, media: consuming ClientMedia, up: Netem, down: Netem) {
        self.leaf = leaf
        self.key = key
        self.keyring = keyring
        self.media = media
        self.up = up
        self.down = down
    }

    /// What it received from another so far.
    package func received(from other: TestPeer) -> PersonCounters { self.media.counters[other.key] ?? .init() }

    /// What it received that no key could attribute and no layout explains.
    package var unattributed: PersonCounters { self.media.counters[[]] ?? .init() }

    /// Its own frames before sealing, when `recordsPresealed` was asked for.
    package var presealed: [VideoFrame] { self.media.presealed }

    /// Media packets it sent so far, whatever became of them.
    package var packetsSent: UInt64 { self.media.endpoint.statistics.mediaSent }

    /// Media packets it received so far, from anybody.
    package var packetsReceived: UInt64 { self.media.endpoint.statistics.mediaReceived }

    /// Its own way of sending is open.
    package var isConnected: Bool { self.media.endpoint.isConnected }

    /// Turns one of its tracks on or off.
    package func send(_ kind: MediaKind, _ isOn: Bool, now: MediaTime) { self.media.send(kind, isOn, now: now) }

    /// It processed the Commit that begins an epoch.
    package func begin(_ epoch: TestEpoch, now: MediaTime) {
        self.keyring.apply([.begin(epoch.keys(for: self.leaf))], now: now.keyTime)
        self.media.keysChanged(hasNewcomers: !epoch.added.isEmpty, now: now)
        self.drain(now: now)
    }

    /// Its gate opens or closes.
    package func setGate(isOpen: Bool, now: MediaTime) {
        self.keyring.apply([.gate(isOpen: isOpen)], now: now.keyTime)
        self.media.keysChanged(hasNewcomers: false, now: now)
        self.drain(now: now)
    }

    /// Its keys are wiped.
    package func forget(now: MediaTime) {
        self.keyring.apply([.wipe], now: now.keyTime)
        self.media.keysChanged(hasNewcomers: false, now: now)
        self.drain(now: now)
    }

    /// Takes what has arrived, lets its timers fire, and sends what there is to send.
    func turn(now: MediaTime, server: PathKey) {
        while let (_, bytes) = self.down.next(now: now) {
            self.media.receive(bytes.rawSpan, on: server, arrival: now)
            self.drain(now: now)
        }
        if self.deadline <= now { self.media.elapse(now: now) }
        self.drain(now: now)
    }

    func drain(now: MediaTime) {
        while true {
            switch self.media.next(now: now, into: &self.scratch, &self.packet) {
            case .transmit(_, let count): self.up.send(self.packet.prefix(count), to: 0, now: now)
            case .event(let event): self.events.append(event)
            case .idle(let until):
                self.deadline = until
                return
            }
        }
    }
}
