import BeraadTesting
import Edge
import Foundation
import HTTPTypes
import Meeting
import Server
import Signalling
import Testing

/// What becomes of planned meetings while the disk fails, or while others use it.
@Suite("Planned meetings on a busy or failing disk")
struct FickleDiskTests {
    /// A server over a disk that fails when it is told to, with somebody who plans.
    static func run(
        _ test: @Sendable (TestServer, FickleDoor, TestPerson) async throws -> Void
    ) async throws {
        try await TestAccounts.run { accounts in
            let door = FickleDoor(accounts.desk)
            try await TestServer.run(accounts: accounts, planned: door) { server in
                try await test(server, door, try await accounts.person(1, [.host], at: server))
            }
        }
    }

    @Test(
        "whoever comes while it cannot be read hears that it is busy, is in nobody's way, and gets in when it can",
        .timeLimit(.minutes(1)))
    func unreadable() async throws {
        try await Self.run { server, door, anna in
            let (_, meeting) = try await PlannedMeetingTests.meeting(anna)
            let instant = try await server.meeting()
            door.failsToRead = true
            try await TestSocket.open(server, meeting.id) { socket in
                let (answer, next) = (try await socket.comeToDoor(of: meeting), try await socket.receive())
                #expect(answer == .refused(.init(failure: .busy(.init(retrySeconds: 10)))))
                #expect(next == nil)
            }
            // Whoever tries tokens learns nothing by it.
            let token = CreationToken(bytes: [UInt8](repeating: 1, count: 32))
            for id in [meeting.id, instant.id, MeetingID(bytes: [UInt8](repeating: 9, count: 16))] {
                let tried = MeetingCreated(id: id, token: token)
                #expect(try await server.addTickets([], tried).status == .internalServerError)
                #expect(try await server.register(instant.registration.encoded, tried).status == .internalServerError)
            }
            // One that is in memory needs no disk, and yet it is asked: the time does not tell where somebody is.
            try await TestSocket.open(server, instant.id) { socket in
                let answer = try await socket.comeToDoor(of: instant)
                let before = door.lookups(of: instant.id)
                #expect(try await PlannedMeetingTests.isAtDoor(instant, at: server))
                #expect(answer == .atDoor(.init(owesPasscode: false)) && door.lookups(of: instant.id) == before + 1)
            }
            door.failsToRead = false
            #expect(try await PlannedMeetingTests.isAtDoor(meeting, at: server))
        }
    }

    @Test("a look-up ends although other meetings change meanwhile", .timeLimit(.minutes(1)))
    func flood() async throws {
        try await Self.run { server, door, anna in
            let (made, meeting) = try await PlannedMeetingTests.meeting(anna)
            let (other, others) = try await PlannedMeetingTests.meeting(anna)
            let link = try DraftedMeeting(other.id, unixSeconds: others.unix, tickets: 1).tickets[0]
            #expect(try await server.addTickets([link.certificate], other).status == .noContent)
            let house = server.house
            door.meanwhile { id in
                // It would go on for ever; here it stops in the end, so that what is wrong is seen.
                guard id == made.id, door.lookups(of: id) < 50 else { return }
                _ = await house.revoke(link.hash, of: other.id, token: other.token)
            }
            #expect(try await PlannedMeetingTests.isAtDoor(meeting, at: server))
            #expect(door.lookups(of: made.id) == 1)
        }
    }

    @Test("a look-up is made again when that very meeting changes meanwhile", .timeLimit(.minutes(1)))
    func stale() async throws {
        try await Self.run { server, door, anna in
            let (made, meeting) = try await PlannedMeetingTests.meeting(anna)
            let link = try DraftedMeeting(made.id, unixSeconds: meeting.unix, tickets: 1).tickets[0]
            let house = server.house
            door.meanwhile { id in
                guard id == made.id, door.lookups(of: id) == 1 else { return }
                _ = await house.add([link.certificate], to: made.id, token: made.token)
            }
            #expect(try await TicketDoor.certificate(link.hash, of: meeting, at: server) == link.certificate.bytes)
            #expect(door.lookups(of: made.id) == 2)
        }
    }

    @Test(
        "one that a host ended while nothing could be written does not come back, and is deleted as soon as that works",
        .timeLimit(.minutes(1)))
    func ended() async throws {
        try await Self.run { server, door, anna in
            let (made, meeting) = try await PlannedMeetingTests.meeting(anna)
            door.failsToWrite = true
            await server.house.ended(made.id)
            #expect(try await PlannedMeetingTests.answer(meeting, at: server) == PlannedMeetingTests.unknown)
            let link = try DraftedMeeting(made.id, unixSeconds: meeting.unix, tickets: 1).tickets[0]
            #expect(try await server.addTickets([link.certificate], made).status == .unauthorized)
            #expect(try await server.register(meeting.registration.encoded, made).status == .unauthorized)
            await server.house.elapseOnDisk()
            #expect(await door.isPlanned(made.id) == true)
            door.failsToWrite = false
            await server.house.elapseOnDisk()
            #expect(await door.isPlanned(made.id) == false)
            #expect(try await PlannedMeetingTests.answer(meeting, at: server) == PlannedMeetingTests.unknown)
        }
    }

    @Test("what it refused is tried once more when the server stops", .timeLimit(.minutes(1)))
    func stopping() async throws {
        try await Self.run { server, door, anna in
            let (ended, _) = try await PlannedMeetingTests.meeting(anna)
            let (changed, meeting) = try await PlannedMeetingTests.meeting(anna)
            door.failsToWrite = true
            await server.house.ended(ended.id)
            try await TestSocket.open(server, meeting.id) { socket in
                let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                try await host.found()
                try await host.say(.room(.setPasscode(.init(passcode: Passcode(unchecked: "27182818")))))
                try await host.run { host.heard.contains(.room(.passcodeChanged(.init(isRequired: true)))) }
                try await Self.wait(for: server.house) { door.passcodes(of: changed.id) > 0 }
                door.failsToWrite = false
                await Self.stop(server.house)
            }
            #expect(await door.isPlanned(ended.id) == false)
            guard case .registered(let kept) = await door.registered(changed.id) else { throw TestServer.Unexpected() }
            #expect(kept.passcode == Self.hash("27182818", of: changed.id))
        }
    }

    @Test(
        "time passes for everybody while it does not answer, and whoever takes a seat meanwhile is not put out",
        .timeLimit(.minutes(1)))
    func slow() async throws {
        try await Self.run { server, door, anna in
            let (made, meeting) = try await PlannedMeetingTests.meeting(anna)
            let (asked, tellAsked) = AsyncStream.makeStream(of: Void.self)
            let (gate, answers) = AsyncStream.makeStream(of: Void.self)
            try await TestSocket.open(server, meeting.id) { waiting in
                #expect(try await waiting.comeToDoor(of: meeting) == .atDoor(.init(owesPasscode: false)))
                // Its plan is over, and the disk takes its time to say so.
                #expect(await door.end(made.id))
                door.beforePlanned {
                    tellAsked.finish()
                    for await _ in gate {}
                }
                let disk = Task { await server.house.elapseOnDisk() }
                for await _ in asked {}
                await server.house.elapse()
                try await TestSocket.open(server, meeting.id) { socket in
                    let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                    try await host.found()
                    answers.finish()
                    await disk.value
                    await server.house.elapse()
                    #expect(await server.house.metrics().contains("\nberaad_participants 1\n"))
                }
            }
        }
    }

    @Test("it is asked once a beat while it fails, however many meetings wait for it", .timeLimit(.minutes(1)))
    func asked() async throws {
        try await Self.run { server, door, anna in
            let (_, one) = try await PlannedMeetingTests.meeting(anna)
            let (_, other) = try await PlannedMeetingTests.meeting(anna)
            try await TestSocket.open(server, one.id) { socket in
                #expect(try await socket.comeToDoor(of: one) == .atDoor(.init(owesPasscode: false)))
                try await TestSocket.open(server, other.id) { next in
                    let answer = try await next.comeToDoor(of: other)
                    #expect(answer == .atDoor(.init(owesPasscode: false)))
                    door.failsToRead = true
                    await server.house.elapseOnDisk()
                    #expect(door.plansAsked == 1)
                    door.failsToRead = false
                    await server.house.elapseOnDisk()
                    #expect(door.plansAsked == 3)
                    #expect(try await PlannedMeetingTests.isAtDoor(one, at: server))
                }
            }
        }
    }

    /// What a house does when its server stops, and nothing of what it does before that.
    private static func stop(_ house: House) async {
        let life = Task {
            while !Task.isCancelled { await Task.yield() }
            await house.run()
        }
        life.cancel()
        await life.value
    }

    @Test(
        "a passcode that a host sets holds after a restart, also if it could not be written at first",
        .timeLimit(.minutes(1)), arguments: [false, true])
    func passcode(_ fails: Bool) async throws {
        try await TestAccounts.inFolder { folder in
            let clock = TestAccounts.Clock()
            let meeting = try await Self.withPasscode(in: folder, clock, fails: fails)
            try await TestServer.run(accounts: try TestAccounts(in: folder, clock: clock)) { server in
                #expect(
                    try await PlannedMeetingTests.answer(meeting, at: server) == .atDoor(.init(owesPasscode: true)))
                for (text, answer) in [
                    ("83914207", .refused(.init(failure: .passcode))), ("27182818", .passed),
                ] as [(String, SessionEvent)] {
                    try await TestSocket.open(server, meeting.id) { socket in
                        _ = try await socket.comeToDoor(of: meeting)
                        try await socket.send(.session(.pass(.init(passcode: Passcode(unchecked: text)))))
                        #expect(try await socket.receive() == .session(answer))
                    }
                }
            }
        }
    }

    /// A planned meeting without a passcode, in which a host set one, on a server that has stopped.
    private static func withPasscode(
        in folder: URL, _ clock: TestAccounts.Clock, fails: Bool
    ) async throws -> TestMeeting {
        let accounts = try TestAccounts(in: folder, clock: clock)
        let door = FickleDoor(accounts.desk)
        return try await TestServer.run(accounts: accounts, planned: door) { server in
            let anna = try await accounts.person(1, [.host], at: server)
            let (made, meeting) = try await PlannedMeetingTests.meeting(anna)
            try await TestSocket.open(server, meeting.id) { socket in
                let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                try await host.found()
                door.failsToWrite = fails
                // The later one stays.
                for text in ["11111111", "27182818"] {
                    let change = RoomCommand.SetPasscode(passcode: Passcode(unchecked: text))
                    try await host.say(.room(.setPasscode(change)))
                }
                try await host.run {
                    host.heard.count { $0 == .room(.passcodeChanged(.init(isRequired: true))) } == 2
                }
                // The house is told right after.
                try await Self.wait(for: server.house) { door.passcodes(of: made.id) > 0 }
                door.failsToWrite = false
                try await Self.wait(for: server.house) {
                    guard case .registered(let kept) = await door.registered(made.id) else { return false }
                    return kept.passcode == Self.hash("27182818", of: made.id)
                }
            }
            return meeting
        }
    }

    private static func hash(_ text: String, of id: MeetingID) -> PasscodeHash {
        PasscodeKeys(installationSecret: [UInt8](repeating: 7, count: 32)).hash(Passcode(unchecked: text), of: id)
    }

    /// Lets time pass until it is so.
    private static func wait(for house: House, until isSo: () async throws -> Bool) async throws {
        for _ in 0..<10_000 {
            if try await isSo() { return }
            await house.elapseOnDisk()
        }
        throw TestServer.Unexpected()
    }
}
