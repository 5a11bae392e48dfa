internal import Glibc
internal import MediaCore
internal import MediaCrypto
internal import Synchronization

/// What a look at the media side shows.
struct MediaSnapshot: Sendable {
    var counters: [[UInt8]: PersonCounters] = [:]
    var statistics = EndpointStatistics()
    var presealed: [VideoFrame] = []
}

/// The shell around `ClientMedia`: one thread, its sockets and its clock. It polls, feeds, drains and sends; every decision
/// is the value's.
final class MediaThread: Sendable {
    private struct Shared {
        var orders: [MediaOrder] = []
        var snapshot = MediaSnapshot()
        var isStopped = false
    }

    private let shared = Mutex(Shared())
    private let wake: WakePipe
    private let events: @Sendable (ClientMediaEvent) -> Void

    /// Starts the thread, which ends by itself once the endpoint ended. `events` is called on it and must not block.
    init(
        _ setup: consuming MediaSetup, identity: Identity, events: @escaping @Sendable (ClientMediaEvent) -> Void
    ) throws {
        self.events = events
        self.wake = try WakePipe()
        var random = SystemRandomNumberGenerator()
        let media = try ClientMedia(
            setup, identity: identity, now: MediaClock.now(), wallClockOffset: MediaClock.wallClockOffset(),
            seed: random.next())
        try Thread.start(Body(thread: self, media: media))
    }

    /// Gives an order; after the end it is ignored.
    func order(_ order: MediaOrder) {
        self.shared.withLock { $0.orders.append(order) }
        self.wake.wake()
    }

    /// The counters, at most 100 ms old.
    var snapshot: MediaSnapshot { self.shared.withLock { $0.snapshot } }

    /// The thread has ended.
    var isStopped: Bool { self.shared.withLock { $0.isStopped } }

    // MARK: On the thread

    /// What the thread owns.
    private final class Body: ThreadBody {
        private let thread: MediaThread
        private var media: ClientMedia
        private var scratch = Scratch()
        private var packet = PacketBuffer()
        private let v4 = DatagramSocket(.v4, index: 0)
        private let v6 = DatagramSocket(.v6, index: 1)
        private var snapshotDue = MediaTime.zero
        private var hasEnded = false

        /// Nobody waits longer than this for a look at the counters.
        private static let snapshotInterval = MediaSpan.milliseconds(100)
        /// Datagrams taken from one socket before timers get their turn.
        private static let batch = 64

        init(thread: MediaThread, media: consuming ClientMedia) {
            self.thread = thread
            self.media = media
        }

        func run() {
            while !self.hasEnded {
                let now = MediaClock.now()
                self.obey(now: now)
                self.media.elapse(now: now)
                let deadline = self.drain(now: now)
                self.publish(now: now)
                guard !self.hasEnded else { break }
                let ready = self.wait(until: min(deadline, self.snapshotDue))
                if ready.v4 { self.receive(.v4) }
                if ready.v6 { self.receive(.v6) }
            }
            self.publish(now: .never)
            self.thread.shared.withLock { $0.isStopped = true }
        }

        private func obey(now: MediaTime) {
            let orders = self.thread.shared.withLock { shared in
                defer { shared.orders = [] }
                return shared.orders
            }
            for order in orders {
                switch order {
                case .keysChanged(let hasNewcomers): self.media.keysChanged(hasNewcomers: hasNewcomers, now: now)
                case .send(let kind, let isOn): self.media.send(kind, isOn, now: now)
                case .assign(let mid, let leaf): self.media.assign(mid: mid, leaf: leaf)
                case .restart(let local, let remote, let candidates):
                    self.media.restart(local: local, remote: remote, candidates: candidates, now: now)
                case .close: self.media.close(now: now)
                }
            }
        }

        private func drain(now: MediaTime) -> MediaTime {
            while true {
                switch self.media.next(now: now, into: &self.scratch, &self.packet) {
                case .transmit(let path, let count): self.send(count, to: path)
                case .event(let event):
                    self.thread.events(event)
                    if case .ended = event { self.hasEnded = true }
                case .idle(let until): return until
                }
            }
        }

        private func send(_ count: Int, to path: PathKey) {
            // SAFETY: the buffer is ours and `count` was written into it just now; slicing checks the bound.
            let bytes = unsafe UnsafeRawBufferPointer(rebasing: self.packet.bytes[..<count])
            switch path.family {
            case .v4: unsafe self.v4.send(bytes, to: path)
            case .v6: unsafe self.v6.send(bytes, to: path)
            }
        }

        private func receive(_ family: PathKey.Family) {
            for _ in 0..<Self.batch {
                // SAFETY: the packet buffer is free between two drains.
                let received =
                    family == .v4
                    ? unsafe self.v4.receive(into: self.packet.bytes)
                    : unsafe self.v6.receive(into: self.packet.bytes)
                guard let (count, path) = received else { break }
                let now = MediaClock.now()
                // SAFETY: as above; the endpoint copies what it keeps before the next datagram is written here.
                let datagram = unsafe UnsafeRawBufferPointer(rebasing: self.packet.bytes[..<count])
                unsafe self.media.receive(datagram.bytes, on: path, arrival: now)
                // One input, then drained: the contract of `media.md` 1.3. Draining reuses the buffer.
                _ = self.drain(now: now)
            }
        }

        /// Which sockets have something.
        private func wait(until deadline: MediaTime) -> (v4: Bool, v6: Bool) {
            let nanoseconds = max(0, (deadline - MediaClock.now()).nanoseconds)
            // Rounded up: waking a little late is fine, waking early is a busy loop.
            let milliseconds = Int32(clamping: (nanoseconds + 999_999) / 1_000_000)
            var descriptors = [
                pollfd(fd: self.thread.wake.descriptor, events: Int16(POLLIN), revents: 0),
                // A negative descriptor is left out by poll.
                pollfd(fd: self.v4.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: self.v6.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            // SAFETY: the array outlives the call, which writes only the results of its own entries.
            _ = unsafe poll(&descriptors, nfds_t(descriptors.count), milliseconds)
            if descriptors[0].revents != 0 { self.thread.wake.clear() }
            return (descriptors[1].revents != 0, descriptors[2].revents != 0)
        }

        private func publish(now: MediaTime) {
            guard now >= self.snapshotDue else { return }
            self.snapshotDue = now + Self.snapshotInterval
            let snapshot = MediaSnapshot(
                counters: self.media.counters, statistics: self.media.endpoint.statistics,
                presealed: self.hasEnded ? self.media.presealed : [])
            self.thread.shared.withLock { $0.snapshot = snapshot }
        }
    }
}
