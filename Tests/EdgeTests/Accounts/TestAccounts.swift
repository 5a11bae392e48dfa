import Edge
import Foundation
import HTTPTypes
import Meeting
import Persistence
import Privacy
import Server
import Signalling
import Synchronization
import Testing

/// Real accounts in a folder of the test's own, with passwords that cost nothing and a clock that stands still.
struct TestAccounts {
    /// Two clocks that go together, when told.
    final class Clock: Sendable {
        private let start = ContinuousClock.now
        private let passed = Mutex(0)

        func advance(_ seconds: Int) { self.passed.withLock { $0 += seconds } }

        var wall: WallTime { WallTime(seconds: 1_800_000_000 + self.passed.withLock { $0 }) }

        var desk: DeskClock {
            DeskClock(wall: { self.wall }, instant: { self.start + .seconds(self.passed.withLock { $0 }) })
        }
    }

    let store: Store
    let desk: Desk
    let clock: Clock
    let ledger: PurposeLedger

    /// A new folder with nobody in it, gone when `body` is done.
    static func run(
        cost: ScryptCost? = Self.cheap, work: PasswordWork = PasswordWork(), required: Set<SafetyMeasure> = [],
        _ body: (TestAccounts) async throws -> Void
    ) async throws {
        try await Self.inFolder { folder in
            try await body(TestAccounts(in: folder, cost: cost, work: work, required: required))
        }
    }

    /// The same for a test that opens its folder more than once, as a server does that is started again.
    static func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "beraad-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder harms nobody
        try await body(folder)
    }

    /// The accounts in a folder.
    init(
        in folder: URL, clock: Clock = Clock(), cost: ScryptCost? = Self.cheap, work: PasswordWork = PasswordWork(),
        required: Set<SafetyMeasure> = []
    ) throws {
        self.clock = clock
        self.ledger = PurposeLedger()
        self.store = try Store(in: folder, ledger: self.ledger)
        self.desk = Desk(
            self.store, ledger: self.ledger, work: work, cost: try #require(cost), clock: clock.desk,
            required: required, log: EventLog { _ in })
    }

    private static let cheap = ScryptCost(logN: 4, blockSize: 1, parallelism: 1)

    /// A server with these accounts.
    func serve(
        trusting proxies: [String] = [], creators: Creators = .anyone, address: PublicAddress? = nil,
        _ test: @Sendable (TestServer) async throws -> Void
    ) async throws {
        try await TestServer.run(trusting: proxies, accounts: self, creators: creators, address: address, test)
    }

    /// Somebody with an account and these roles, signed in.
    func person(_ number: Int, _ roles: Roles, at server: TestServer) async throws -> TestPerson {
        let token = LinkToken(bytes: [UInt8](repeating: UInt8(number), count: 32))
        try await self.store.add(token, .invitation, roles: roles, now: self.clock.wall)
        var person = TestPerson(server: server, number: number)
        let response = try await person.send(.post, "/api/v1/account", person.creation(token))
        try #require(response.status == .created)
        try person.keep(response)
        return person
    }
}
