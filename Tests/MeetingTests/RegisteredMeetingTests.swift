import BeraadTesting
import Meeting
import Signalling
import Testing

@Suite("What a meeting was registered with")
struct RegisteredMeetingTests {
    private static let id = MeetingID(bytes: [UInt8](repeating: 5, count: 16))
    private static let passcodes = PasscodeKeys(installationSecret: [UInt8](repeating: 7, count: 32))

    private func meeting(_ drafted: DraftedMeeting) throws -> RegisteredMeeting {
        try #require(RegisteredMeeting(drafted.registration, for: Self.id, Self.passcodes))
    }

    @Test("is the same again when it was kept, and no byte less or more of it is")
    func stored() throws {
        let drafted = try DraftedMeeting(Self.id, tickets: 3, passcode: "83914207")
        var meeting = try self.meeting(drafted)
        #expect(RegisteredMeeting(stored: meeting.stored) == meeting)
        guard case .revoked = meeting.revoke(drafted.tickets[1].hash) else {
            Issue.record("the link was not taken back")
            return
        }
        let bytes = meeting.stored
        #expect(RegisteredMeeting(stored: bytes) == meeting)
        for count in 0..<bytes.count { #expect(RegisteredMeeting(stored: Array(bytes.prefix(count))) == nil) }
        #expect(RegisteredMeeting(stored: bytes + [0]) == nil)
        #expect(RegisteredMeeting(stored: [2] + bytes.dropFirst()) == nil)
        let plain = try self.meeting(try DraftedMeeting(Self.id))
        #expect(RegisteredMeeting(stored: plain.stored) == plain)
        #expect(plain.passcode == nil)
    }

    @Test("however much it is, it fits where it is kept")
    func largest() throws {
        let drafted = try DraftedMeeting(Self.id, tickets: TicketLimits.ever, passcode: "83914207")
        var registration = drafted.registration
        registration.tickets = nil
        registration.lobby = try #require(Descriptor([UInt8](repeating: 1, count: 16_384)))
        var meeting = try #require(RegisteredMeeting(registration, for: Self.id, Self.passcodes))
        // A description is as large as the engine makes it; the largest has 16 KiB.
        let missing = 16_384 - registration.descriptor.bytes.count
        for start in stride(from: 0, to: TicketLimits.ever, by: TicketLimits.alive) {
            let some = drafted.tickets[start..<start + TicketLimits.alive]
            #expect(meeting.add(some.map(\.certificate)) == .added)
            guard start + TicketLimits.alive < TicketLimits.ever else { break }
            for ticket in some { #expect(meeting.revoke(ticket.hash) != .noTicket) }
        }
        // Sealing takes 28 bytes.
        #expect(meeting.stored.count + missing + 28 <= 65_536)
        #expect(RegisteredMeeting(stored: meeting.stored) == meeting)
    }

    @Test("has a hundred personal links at a time, and three hundred in all")
    func limits() throws {
        let drafted = try DraftedMeeting(Self.id, tickets: TicketLimits.ever + 1)
        let tickets = drafted.tickets
        var registration = drafted.registration
        registration.tickets = nil
        var meeting = try #require(RegisteredMeeting(registration, for: Self.id, Self.passcodes))
        #expect(meeting.add(tickets[..<100].map(\.certificate)) == .added)
        #expect(meeting.add([tickets[100].certificate]) == .conflict)
        // The same ones again are no more.
        #expect(meeting.add(tickets[..<100].map(\.certificate)) == .added)
        #expect(meeting.tickets.count == 100)
        for number in 0..<200 {
            #expect(meeting.revoke(tickets[number].hash) != .noTicket)
            #expect(meeting.add([tickets[number + 100].certificate]) == .added)
        }
        #expect(meeting.revoke(tickets[250].hash) != .noTicket)
        #expect(meeting.add([tickets[300].certificate]) == .conflict)
        #expect(meeting.tickets.count == 99)
        #expect(meeting.revoked.count == 201)
    }

    @Test("takes personal links of its own authority only, all of them or none, and none that was taken back")
    func rules() throws {
        let drafted = try DraftedMeeting(Self.id, tickets: 3)
        var meeting = try self.meeting(drafted)
        let before = meeting
        let foreign = try DraftedMeeting(MeetingID(bytes: [UInt8](repeating: 6, count: 16)), tickets: 1).tickets[0]
        let more = try DraftedMeeting(Self.id, seed: 2, tickets: 1).tickets[0]
        #expect(meeting.add([more.certificate, foreign.certificate]) == .malformed)
        #expect(meeting == before)
        #expect(meeting.revoke(more.hash) == .noTicket)
        let first = meeting.revoke(drafted.tickets[0].hash)
        #expect(meeting.revoke(drafted.tickets[0].hash) == first, "again changes nothing")
        #expect(meeting.add([more.certificate, drafted.tickets[0].certificate]) == .conflict)
        #expect(meeting.tickets.count == 2)
        // Another certificate for a key takes the place of the one before.
        let later = try DraftedMeeting(Self.id, unixSeconds: TestMeeting.unix + 60, tickets: 3)
        #expect(later.tickets[1].hash == drafted.tickets[1].hash)
        #expect(later.tickets[1].certificate != drafted.tickets[1].certificate)
        #expect(meeting.add([later.tickets[1].certificate]) == .added)
        #expect(meeting.tickets.count == 2)
        #expect(meeting.delivery.certificates[drafted.tickets[1].hash.decoded] == later.tickets[1].certificate.bytes)
    }

    @Test("what is here already is not verified again, nor what is said twice")
    func known() throws {
        let drafted = try DraftedMeeting(Self.id, tickets: 3)
        var registration = drafted.registration
        registration.tickets = [drafted.tickets[0].certificate]
        let meeting = try #require(RegisteredMeeting(registration, for: Self.id, Self.passcodes))
        let certificates = drafted.tickets.map(\.certificate)
        let checked = try #require(meeting.checked(certificates + certificates))
        #expect(checked.map(\.bytes) == certificates[1...].map(\.bytes))
        #expect(meeting.checked([certificates[0], certificates[0]]) == [])
        // One byte makes it another, which the authority did not sign.
        var bytes = certificates[0].bytes
        bytes[150] ^= 1
        #expect(meeting.checked([TicketCertificate(bytes: bytes)]) == nil)
    }

    @Test("of a passcode there is a hash of one meeting and one installation", .promise("P-025"))
    func passcode() throws {
        let passcode = try #require(Passcode("83914207"))
        let other = try #require(Passcode("83914208"))
        let hash = Self.passcodes.hash(passcode, of: Self.id)
        #expect(hash != Self.passcodes.hash(passcode, of: MeetingID(bytes: [UInt8](repeating: 6, count: 16))))
        let elsewhere = PasscodeKeys(installationSecret: [UInt8](repeating: 8, count: 32))
        #expect(hash != elsewhere.hash(passcode, of: Self.id))
        let meeting = try self.meeting(try DraftedMeeting(Self.id, passcode: "83914207"))
        #expect(meeting.passcode == hash)
        let mark = try #require(Self.passcodes.mark(of: meeting))
        #expect(mark.matches(passcode) && !mark.matches(other))
        #expect("\(hash)" == "{REDACTED}")
        #expect(meeting.stored.firstRange(of: Array("83914207".utf8)) == nil)
        for text in ["12345", "12345678901234567", "1234 5678", "1234-5678", "", "pässwort"] {
            #expect(Passcode(text) == nil, "\(text)")
        }
    }
}
