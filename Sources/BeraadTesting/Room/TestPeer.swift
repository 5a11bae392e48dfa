package import Client
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
    /// Its sender id.
    package let sender: [UInt8]
    /// The line towards the server.
    package var up: Netem
    /// The line from the server.
    package var down: Netem
    /// What its media told so far.
    package private(set) var events: [ClientMediaEvent] = []

    var media: ClientMedia
    var deadline = MediaTime.zero
    private var scratch = Scratch()
    private var packet = PacketBuffer()

    init(leaf: UInt32, sender: [UInt8], media: consuming ClientMedia, up: Netem, down: Netem) {
        self.leaf = leaf
        self.sender = sender
        self.media = media
        self.up = up
        self.down = down
    }

    /// What it received from another so far.
    package func received(from other: TestPeer) -> PersonCounters { self.media.counters[other.sender] ?? .init() }

    /// What it received that no key could attribute and no layout explains.
    package var unattributed: PersonCounters { self.media.counters[[]] ?? .init() }

    /// Its own frames before sealing, when `recordsPresealed` was asked for.
    package var presealed: [VideoFrame] { self.media.presealed }

    /// Its own way of sending is open.
    package var isConnected: Bool { self.media.endpoint.isConnected }

    /// Turns one of its tracks on or off.
    package func send(_ kind: MediaKind, _ isOn: Bool, now: MediaTime) { self.media.send(kind, isOn, now: now) }

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
