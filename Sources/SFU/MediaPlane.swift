internal import Glibc
internal import MediaCore
internal import MediaCrypto
internal import Synchronization

/// The door to the media plane: workers, each a thread with sockets of its own, behind two verbs: commands in, events
/// out. A room lives on one worker.
package final class MediaPlane: Sendable {
    /// Which worker carries what, kept by the commands that pass and the events that come back.
    private struct Routes: ~Copyable {
        var workerOfRoom: [RoomID: Int] = [:]
        var roomOfEndpoint: [EndpointID: RoomID] = [:]
        var rooms: [Int]
        var isStarted = false
        var isStopped = false
        var threads: [WorkerThread] = []
    }

    private let configuration: MediaConfiguration
    private let random: @Sendable () -> UInt64
    private let events: @Sendable ([SFUEvent]) -> Void
    private let queues: [CommandQueue]
    private let routes: Mutex<Routes>

    /// A media plane that is not listening yet.
    /// - Parameters:
    ///   - configuration: where to listen.
    ///   - random: what credentials and numbers are made of; the system's generator unless a test needs others.
    ///   - events: called on a worker's thread at the end of a turn; must not block.
    package init(
        configuration: MediaConfiguration,
        random: @escaping @Sendable () -> UInt64 = MediaPlane.systemRandom,
        events: @escaping @Sendable ([SFUEvent]) -> Void
    ) throws(MediaPlaneError) {
        self.configuration = configuration
        self.random = random
        self.events = events
        var queues: [CommandQueue] = []
        for _ in 0..<Self.workerCount(configuration) { queues.append(try CommandQueue()) }
        self.queues = queues
        self.routes = Mutex(Routes(rooms: Array(repeating: 0, count: queues.count)))
    }

    deinit { self.stop() }

    /// Binds every socket and starts the threads, or throws and leaves nothing behind.
    package func start() throws(MediaPlaneError) {
        let isFirst = self.routes.withLock { routes in
            defer { routes.isStarted = true }
            return !routes.isStarted && !routes.isStopped
        }
        guard isFirst else { return }
        for (number, queue) in self.queues.enumerated() {
            let thread = try WorkerThread(try self.setup(number, queue))
            self.routes.withLock { $0.threads.append(thread) }
        }
    }

    private func setup(_ number: Int, _ queue: CommandQueue) throws(MediaPlaneError) -> WorkerSetup {
        let identity: Identity
        do {
            identity = try Identity()
        } catch {
            throw .cryptography
        }
        let poller = try Poller()
        let door = try WorkerDoor(self.configuration, worker: number)
        let candidates = door.candidates
        return WorkerSetup(
            number: number, queue: queue, candidates: candidates, endpoints: self.configuration.endpoints,
            cells: self.configuration.cells, random: Randomness(self.random), identity: identity,
            rates: self.configuration.rates,
            events: { [weak self] events in self?.pass(events) }, poller: poller, outlets: door.takeOutlets())
    }

    /// Hands a command to the worker it concerns. False = that worker's list is full, or nobody listens any more.
    @discardableResult
    package func submit(_ command: SFUCommand) -> Bool {
        switch self.worker(for: command) {
        case .one(let worker): return self.queues[worker].append(command)
        case .all: return self.queues.allSatisfy { $0.append(command) }
        }
    }

    /// Ends every endpoint, stops the threads and waits for them.
    package func stop() {
        let threads = self.routes.withLock { routes in
            routes.isStopped = true
            defer { routes.threads = [] }
            return routes.threads
        }
        for queue in self.queues { queue.stop() }
        for thread in threads { thread.join() }
    }

    /// 64 bits of the system's generator.
    @Sendable package static func systemRandom() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    private static func workerCount(_ configuration: MediaConfiguration) -> Int {
        guard configuration.workers <= 0 else { return configuration.workers }
        return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) - 1)
    }

    // MARK: Routing

    private enum Destination {
        case one(Int)
        /// A worker that does not have what a command names ignores it.
        case all
    }

    private func worker(for command: SFUCommand) -> Destination {
        self.routes.withLock { routes in
            switch command {
            case .openRoom(let room):
                if let worker = routes.workerOfRoom[room] { return .one(worker) }
                let worker = routes.rooms.indices.min { routes.rooms[$0] < routes.rooms[$1] } ?? 0
                routes.workerOfRoom[room] = worker
                routes.rooms[worker] += 1
                return .one(worker)
            case .closeRoom(let room):
                guard let worker = routes.workerOfRoom.removeValue(forKey: room) else { return .all }
                routes.rooms[worker] -= 1
                return .one(worker)
            case .open(let request):
                // An unknown room is refused by whichever worker gets it.
                if routes.workerOfRoom[request.room] != nil, routes.roomOfEndpoint[request.endpoint] == nil {
                    routes.roomOfEndpoint[request.endpoint] = request.room
                }
                return .one(routes.workerOfRoom[request.room] ?? 0)
            case .close(let id), .announce(let id, _, _), .want(let id, _), .restart(let id, _), .forbidAll(let id),
                .permit(let id):
                let worker = routes.roomOfEndpoint[id].flatMap { routes.workerOfRoom[$0] }
                return worker.map { .one($0) } ?? .all
            case .withdraw, .forbid, .statistics: return .all
            }
        }
    }

    private func pass(_ events: [SFUEvent]) {
        self.routes.withLock { routes in
            for event in events {
                if case .ended(let id, _) = event { routes.roomOfEndpoint[id] = nil }
                if case .refused(let id, let failure) = event, failure != .taken { routes.roomOfEndpoint[id] = nil }
            }
        }
        self.events(events)
    }
}
