internal import CLinux
internal import Forwarding
internal import Glibc
internal import MediaCore
internal import MediaCrypto

/// One thread's share of the media plane: its sockets, its endpoints, its rooms, its packets. It carries bytes between
/// sockets and sans-IO values and knows no rule about meetings (`media.md` 4).
///
/// A turn: commands, then datagrams, then timers, then what rooms have to tell, then everything decided is written,
/// sealed and sent. Between commands nothing is allocated.
struct Worker: ~Copyable {
    let queue: CommandQueue
    let candidates: [Candidate]
    let events: @Sendable ([SFUEvent]) -> Void
    let wallClockOffset: UInt64
    var random: Randomness
    var identity: Identity
    var identityMadeAt: MediaTime

    let poller: Poller
    private let outletTable: Places<Outlet>
    let outlets: Occupants<Outlet>
    let outletCount: Int
    var inlet = ReceiveBatch()
    var scratch = Scratch()
    var slab: PacketSlab

    var seatTable: Places<Seat>
    let seats: Occupants<Seat>
    var roomTable: Places<Room>
    let rooms: Occupants<Room>
    var paths: FlatTable<PathKey, PathOwner>
    var names: FlatTable<UInt64, Int32>
    /// Seats first, then rooms.
    var timers: TimerWheel
    let roomTimers: Int
    /// Seats and rooms that may have something to say; capacity for all of them from the start.
    var pendingSeats: [Int] = []
    var pendingRooms: [Int] = []
    /// Rooms with packets to write.
    var unwritten: [Int] = []

    /// For commands only.
    var seatOf: [EndpointID: Int] = [:]
    var roomOf: [RoomID: Int] = [:]
    /// Every number a living endpoint ever announced, also while it is withdrawn: whoever is forbidden stays so.
    var placeOfPublication: [PublicationID: PublicationPlace] = [:]
    let rates: PublicationRates

    var now: MediaTime
    var told: [SFUEvent] = []
    var statistics = WorkerStatistics()

    init(_ setup: consuming WorkerSetup) {
        let limit = setup.endpoints
        self.now = MonotonicClock.now
        self.wallClockOffset = MonotonicClock.wallClockOffset()
        self.queue = setup.queue
        self.candidates = setup.candidates
        self.events = setup.events
        self.random = setup.random
        self.identity = setup.identity
        self.rates = setup.rates
        self.identityMadeAt = self.now
        self.seatTable = Places(limit: limit)
        self.seats = self.seatTable.occupants
        self.roomTable = Places(limit: SFUBounds.rooms)
        self.rooms = self.roomTable.occupants
        self.paths = FlatTable(limit: limit * SFUBounds.pathsPerEndpoint, seed: self.random.next())
        self.names = FlatTable(limit: limit * SFUBounds.namesPerEndpoint, seed: self.random.next())
        self.roomTimers = limit
        self.timers = TimerWheel(owners: limit + SFUBounds.rooms, now: self.now)
        self.slab = PacketSlab(capacity: setup.cells)
        self.statistics.worker = setup.number
        self.poller = setup.poller
        self.outletTable = setup.outlets
        self.outlets = self.outletTable.occupants
        self.outletCount = self.outletTable.bound
        self.pendingSeats.reserveCapacity(limit)
        self.pendingRooms.reserveCapacity(SFUBounds.rooms)
        self.unwritten.reserveCapacity(2 * SFUBounds.rooms)
        self.poller.add(self.queue.descriptor, as: Self.commandsReady)
        for index in 0..<self.outletCount {
            self.poller.add(self.outlets[index].socket.descriptor, as: UInt64(index))
        }
    }

    /// What the poller says of the command queue; sockets go by their index.
    static let commandsReady = UInt64.max
}

/// What a worker is made of, on its way to its thread. Whatever can fail has been made here.
struct WorkerSetup: ~Copyable {
    let number: Int
    let queue: CommandQueue
    let candidates: [Candidate]
    let endpoints: Int
    let cells: Int
    let random: Randomness
    let identity: Identity
    let rates: PublicationRates
    let events: @Sendable ([SFUEvent]) -> Void
    let poller: Poller
    let outlets: Places<Outlet>
}
