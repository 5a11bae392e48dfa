internal import Meeting
internal import SFU
internal import Synchronization

/// The real media plane behind `MediaDoor`: it numbers, translates and passes on.
final class PlaneDoor: MediaDoor {
    let reports: AsyncStream<[RoomReport]>
    private let plane: MediaPlane
    private let statistics: Statistics

    init(bind: [String], announce: [String], port: UInt16) throws(MediaPlaneError) {
        let (reports, continuation) = AsyncStream.makeStream(of: [RoomReport].self)
        let statistics = Statistics()
        self.reports = reports
        self.statistics = statistics
        let configuration = MediaConfiguration(bind: bind, announce: announce, basePort: port)
        self.plane = try MediaPlane(configuration: configuration) { events in
            let batch = events.compactMap { event in
                if case .statistics(let worker) = event { statistics.keep(worker) }
                return RoomReport(event)
            }
            if !batch.isEmpty { continuation.yield(batch) }
        }
    }

    func start() throws {
        try self.plane.start()
    }

    func openRoom(_ room: RoomNumber) {
        self.plane.submit(.openRoom(room.plane))
    }

    func closeRoom(_ room: RoomNumber) {
        self.plane.submit(.closeRoom(room.plane))
    }

    func submit(_ instruction: MediaInstruction, in room: RoomNumber) {
        self.plane.submit(SFUCommand(instruction, in: room))
    }

    /// Workers answer at the end of their turn; what has not come by then is told from the time before.
    func counters() async -> [MediaCounter] {
        self.plane.submit(.statistics)
        try? await Task.sleep(for: .milliseconds(50))  // thrown when cancelled: then nobody waits for it
        return self.statistics.counters
    }

    func stop() {
        self.plane.stop()
    }

    /// The last counters of each worker.
    private final class Statistics: Sendable {
        private let workers = Mutex<[Int: WorkerStatistics]>([:])

        func keep(_ worker: WorkerStatistics) {
            self.workers.withLock { $0[worker.worker] = worker }
        }

        var counters: [MediaCounter] {
            let workers = self.workers.withLock { Array($0.values) }
            func sum(_ name: String, _ value: (WorkerStatistics) -> UInt64) -> MediaCounter {
                MediaCounter(name: "beraad_media_\(name)", value: workers.reduce(0) { $0 &+ value($1) })
            }
            return [
                sum("endpoints") { UInt64($0.endpoints) }, sum("cells_used") { UInt64($0.cellsUsed) },
                sum("cells_exhausted_total", \.cellsExhausted), sum("datagrams_received_total", \.received),
                sum("bytes_received_total", \.receivedBytes), sum("datagrams_sent_total", \.sent),
                sum("bytes_sent_total", \.sentBytes), sum("unknown_path_total", \.unknownPath),
                sum("rate_limited_total", \.rateLimited), sum("truncated_total", \.truncated),
                sum("kernel_dropped_total", \.kernelDropped), sum("backlog_dropped_total", \.backlogDropped),
                sum("send_failed_total", \.sendFailed),
            ]
        }
    }
}
