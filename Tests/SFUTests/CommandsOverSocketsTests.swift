import Forwarding
import MediaCore
import SFU
import Testing

@Suite("Commands to a worker", .serialized)
struct CommandsOverSocketsTests {
    private func refusal(_ harness: Harness, _ change: (inout OpenRequest) -> Void) throws -> OpenFailure? {
        let client = try MediaClient(id: EndpointID(rawValue: 500))
        var request = Harness.request(client.id, room: harness.room, client: client)
        change(&request)
        harness.log.forget()
        harness.plane.submit(.open(request))
        return harness.wait { log -> OpenFailure?? in
            log.first { event -> OpenFailure?? in
                if case .refused(client.id, let failure) = event { return .some(failure) }
                if case .opened(client.id, _) = event { return .some(nil) }
                return nil
            }
        } ?? nil
    }

    @Test("what cannot be opened is refused with its reason, and leaves nothing behind")
    func refusals() throws {
        let harness = try Harness(endpoints: 2)
        #expect(try self.refusal(harness) { $0.room = RoomID(rawValue: 99) } == .unknownRoom)
        #expect(try self.refusal(harness) { $0.remoteFingerprint = [1] } == .malformed)
        #expect(try self.refusal(harness) { $0.remote.userFragment = "x" } == .malformed)
        #expect(try self.refusal(harness) { $0.slots = Array(repeating: $0.slots[0], count: 65) } == .tooLarge)
        #expect(try self.refusal(harness) { $0.incoming = Array(repeating: $0.incoming[0], count: 9) } == .tooLarge)
        #expect(harness.statistics().endpoints == 0)
        _ = try harness.open()
        #expect(try self.refusal(harness) { $0.endpoint = EndpointID(rawValue: 1) } == nil)
        let first = try harness.open()
        #expect(try self.refusal(harness) { _ in } == .capacity)
        harness.leave(first)
        #expect(try self.refusal(harness) { _ in } == nil)
    }

    @Test("commands that name nobody do nothing")
    func nobody() throws {
        let harness = try Harness()
        let nobody = EndpointID(rawValue: 404), nothing = PublicationID(rawValue: 404)
        for _ in 0..<3 {
            harness.plane.submit(.close(nobody))
            harness.plane.submit(.announce(nobody, nothing, mid: "0"))
            harness.plane.submit(.withdraw(nothing))
            harness.plane.submit(.forbid(nothing))
            harness.plane.submit(.forbidAll(nobody))
            harness.plane.submit(.permit(nobody))
            harness.plane.submit(.want(nobody, []))
            harness.plane.submit(.restart(nobody, remote: ICECredentials(userFragment: "", password: "")))
            harness.plane.submit(.closeRoom(RoomID(rawValue: 404)))
            harness.plane.submit(.openRoom(harness.room))
        }
        #expect(harness.statistics().rooms == 1)
    }

    @Test("closing a room ends everybody in it and gives everything back")
    func closesRoom() throws {
        let harness = try Harness()
        let speaker = try harness.join(), viewer = try harness.join()
        harness.publish(speaker, 1)
        speaker.send(MediaClient.frame(0, key: true), sequence: 1)
        #expect(harness.pump { !viewer.received.isEmpty })
        harness.plane.submit(.closeRoom(harness.room))
        let counted = harness.statistics()
        #expect(counted.rooms == 0 && counted.endpoints == 0 && counted.paths == 0 && counted.cellsUsed == 0)
    }

    @Test("a client that opens anew from the same address reaches its new endpoint")
    func sameAddress() throws {
        let harness = try Harness()
        let client = try harness.join()
        let heir = EndpointID(rawValue: 77)
        harness.plane.submit(.open(Harness.request(heir, room: harness.room, client: client)))
        let answer = harness.wait { log in
            log.first { if case .opened(heir, let answer) = $0 { answer } else { nil } }
        }
        try client.begin(#require(answer))
        #expect(harness.pump { client.isConnected && harness.log.first { $0.connects(heir) } != nil })
    }

    @Test("people who come and go leave nothing behind")
    func comeAndGo() throws {
        let harness = try Harness()
        let stayer = try harness.join()
        for round in 0..<40 {
            let guest = try harness.join()
            harness.publish(guest, 100 + UInt64(round))
            guest.send(MediaClient.frame(0, key: true), sequence: 1)
            #expect(harness.pump { stayer.received.count == round + 1 })
            harness.leave(guest)
        }
        let counted = harness.statistics()
        #expect(counted.endpoints == 1 && counted.paths == 1 && counted.cellsUsed == 0)
    }

    @Test("two planes that stop leave their ports, and one that was stopped takes no commands")
    func stops() throws {
        let harness = try Harness()
        harness.plane.stop()
        harness.plane.stop()
        #expect(!harness.plane.submit(.statistics))
    }

    @Test("an address that is none, or a port that is taken, is told at the start")
    func cannotBind() throws {
        let wrong = try MediaPlane(configuration: MediaConfiguration(bind: ["localhost"], workers: 1)) { _ in }
        #expect(throws: MediaPlaneError.notAnAddress("localhost")) { try wrong.start() }
        let wildcard = try MediaPlane(configuration: MediaConfiguration(bind: ["0.0.0.0"], workers: 1)) { _ in }
        #expect(throws: MediaPlaneError.self) { try wildcard.start() }
        let harness = try Harness()
        let port = try harness.open().serverAddress
        let second = try MediaPlane(
            configuration: MediaConfiguration(bind: ["127.0.0.1"], basePort: port, workers: 1)
        ) { _ in }
        #expect(throws: MediaPlaneError.self) { try second.start() }
    }
}
