import MediaCore
import Testing

@Suite("ICE restart")
struct RestartTests {
    private static func credentials(_ name: String) -> ICECredentials {
        ICECredentials(userFragment: name, password: "\(name)passwordOf22CharsOrSo")
    }

    private let servers = ["srv2", "srv3"].map { Self.credentials($0) }
    private let clients = ["cln2", "cln3"].map { Self.credentials($0) }

    /// A connected pair whose client knows nothing of the restarts that the server is told of.
    private func pair(restarts: Int) throws -> EndpointPair {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        for index in 0..<restarts {
            pair.server.perform(
                .restart(local: self.servers[index], remote: self.clients[index], remoteCandidates: []), now: pair.now)
        }
        return pair
    }

    /// Whether a check with the first credentials, or those of a restart, is answered.
    private func isAnswered(_ pair: EndpointPair, restart: Int?, number: UInt64) -> Bool {
        let check =
            restart.map {
                EndpointPair.check(nominates: true, number: number, server: self.servers[$0], client: self.clients[$0])
            } ?? EndpointPair.check(nominates: true, number: number)
        let before = pair.sent(to: pair.clientPath).count
        pair.inject(check, to: EndpointPair.serverEnd)
        return pair.sent(to: pair.clientPath).count > before
    }

    @Test("the old credentials end 20 s after a restart that nobody follows")
    func window() throws {
        let pair = try self.pair(restarts: 1)
        pair.run(for: .milliseconds(19_900))
        #expect(self.isAnswered(pair, restart: nil, number: 1))
        pair.run(for: .milliseconds(200))
        #expect(!self.isAnswered(pair, restart: nil, number: 2))
        #expect(self.isAnswered(pair, restart: 0, number: 3))
    }

    @Test("they end 5 s after the first check with the new ones")
    func overlap() throws {
        let pair = try self.pair(restarts: 1)
        pair.run(for: .seconds(2))
        #expect(self.isAnswered(pair, restart: 0, number: 1))
        pair.run(for: .milliseconds(4_900))
        #expect(self.isAnswered(pair, restart: nil, number: 2))
        pair.run(for: .milliseconds(200))
        #expect(!self.isAnswered(pair, restart: nil, number: 3))
    }

    @Test("a first check late in the window does not lengthen it")
    func lateCheck() throws {
        let pair = try self.pair(restarts: 1)
        pair.run(for: .seconds(18))
        #expect(self.isAnswered(pair, restart: 0, number: 1))
        pair.run(for: .milliseconds(2_100))
        #expect(!self.isAnswered(pair, restart: nil, number: 2))
    }

    @Test("a second restart before the first check keeps the credentials in use, not the ones nobody used")
    func twice() throws {
        let pair = try self.pair(restarts: 2)
        pair.run(for: .seconds(3))
        #expect(self.isAnswered(pair, restart: nil, number: 1))
        #expect(!self.isAnswered(pair, restart: 0, number: 2))
        #expect(self.isAnswered(pair, restart: 1, number: 3))
        #expect(pair.areConnected)
    }

    @Test("who moves between the restart and his hearing of it is challenged with what he knows")
    func moveMeanwhile() throws {
        let pair = try self.pair(restarts: 1)
        pair.clientPath = .v4(0x0A00_0003, port: 51_000)
        pair.run(for: .seconds(4))
        #expect(pair.selectedPath == pair.clientPath)
    }
}
