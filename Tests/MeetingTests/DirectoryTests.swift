import BeraadTesting
import Meeting
import Signalling
import Testing

/// The directory with its generator, so that a test reads as calls.
private final class Directory {
    private var meetings: Meetings
    private var generator = SeededGenerator(seed: 1)

    init(atMost: Int) { self.meetings = Meetings(atMost: atMost) }

    var count: Int { self.meetings.count }

    func create(now: ContinuousClock.Instant, by account: AccountID? = nil) -> MeetingCreated? {
        guard case .created(let created) = self.creation(now: now, by: account) else { return nil }
        return created
    }

    func creation(now: ContinuousClock.Instant, by account: AccountID? = nil) -> Meetings.Creation {
        self.meetings.create(by: account, now: now, using: &self.generator)
    }

    func register(_ registration: InviteRegistration, for id: MeetingID, token: CreationToken) -> Meetings.Registration
    {
        switch self.meetings.claim(id, token: token) {
        case .unknown: return .unknown
        case .unauthorized: return .unauthorized
        case .registered: return .conflict
        case .failed: return .failed
        case .open: break
        }
        guard let meeting = RegisteredMeeting(registration, for: id, Self.passcodes) else { return .malformed }
        return self.meetings.register(meeting, token: token)
    }

    static let passcodes = PasscodeKeys(installationSecret: [UInt8](repeating: 7, count: 32))

    func registered(_ id: MeetingID) -> RegisteredMeeting? { self.meetings.registered(id) }
    func forget(_ id: MeetingID) { _ = self.meetings.forget(id) }
    func disown(_ account: AccountID) { self.meetings.disown(account) }

    func add(_ tickets: [TicketCertificate], to id: MeetingID, token: CreationToken) -> TicketChange {
        self.meetings.change(id, token: token) { $0.add(tickets) }
    }

    func revoke(_ ticket: TicketHash, of id: MeetingID, token: CreationToken) -> TicketChange {
        self.meetings.change(id, token: token) { $0.revoke(ticket) }
    }

    func occupy(_ id: MeetingID) { self.meetings.occupy(id) }
    func vacate(_ id: MeetingID, now: ContinuousClock.Instant) { self.meetings.vacate(id, now: now) }
    func expire(now: ContinuousClock.Instant) -> [MeetingID] { self.meetings.expire(now: now) }
}

@Suite("The meetings of a server")
struct DirectoryTests {
    private let start = ContinuousClock.now

    private func registration(of id: MeetingID, tickets: [[UInt8]]? = nil) throws -> InviteRegistration {
        let meeting = try #require(Base64URL.decode(id.text))
        let descriptor = try Authority().descriptor(of: meeting).bytes, lobby: [UInt8] = [1]
        return InviteRegistration(
            inviteID: InviteID(bytes: [UInt8](repeating: 3, count: 16)), capacity: 25,
            descriptor: try #require(Descriptor(descriptor)), lobby: try #require(Descriptor(lobby)),
            tickets: try tickets.map { try $0.map { try #require(TicketCertificate($0)) } })
    }

    private func ticket(
        of meeting: [UInt8], by issuer: Int = 0, kind: UInt8 = 2, role: CertificateRole = .participant
    ) -> [UInt8] {
        Authority.certificate(
            by: Authority.signingKey(issuer), for: Authority.publicKey(of: Authority.signingKey(60)), kind: kind,
            role: role, rights: 0xC0, meeting: meeting)
    }

    @Test("certificates of personal links are registered with the meeting, if its authority made them for it")
    func tickets() throws {
        let meetings = Directory(atMost: 10)
        let created = try #require(meetings.create(now: self.start))
        let meeting = try #require(Base64URL.decode(created.id.text))
        let good = self.ticket(of: meeting)
        var changed = good
        changed[150] ^= 1
        for bad in [
            self.ticket(of: Authority.meeting), self.ticket(of: meeting, by: 5), self.ticket(of: meeting, kind: 1),
            self.ticket(of: meeting, role: .cohost), changed,
        ] {
            let registration = try self.registration(of: created.id, tickets: [good, bad])
            #expect(meetings.register(registration, for: created.id, token: created.token) == .malformed)
        }
        let registration = try self.registration(of: created.id, tickets: [good])
        #expect(meetings.register(registration, for: created.id, token: created.token) == .registered)
        let delivery = try #require(meetings.registered(created.id)).delivery
        #expect(delivery.certificates == [Authority.hash(of: Authority.signingKey(60)): good])
    }

    @Test("a meeting can be joined once its invite is registered, with its token and once only")
    func registering() throws {
        let meetings = Directory(atMost: 10)
        let created = try #require(meetings.create(now: self.start))
        let other = try #require(meetings.create(now: self.start))
        let registration = try self.registration(of: created.id)
        #expect(meetings.registered(created.id) == nil)
        #expect(meetings.register(registration, for: created.id, token: other.token) == .unauthorized)
        let another = try self.registration(of: other.id)
        #expect(meetings.register(another, for: created.id, token: created.token) == .malformed)
        #expect(meetings.register(registration, for: created.id, token: created.token) == .registered)
        #expect(
            meetings.registered(created.id) == RegisteredMeeting(registration, for: created.id, Directory.passcodes))
        #expect(meetings.register(registration, for: created.id, token: created.token) == .conflict)
        let unknown = MeetingID(bytes: [UInt8](repeating: 0, count: 16))
        #expect(meetings.register(registration, for: unknown, token: created.token) == .unknown)
    }

    @Test("personal links come and go with the meeting's token, once it can be joined")
    func changing() throws {
        let meetings = Directory(atMost: 10)
        let created = try #require(meetings.create(now: self.start))
        let other = try #require(meetings.create(now: self.start))
        let drafted = try DraftedMeeting(created.id, tickets: 2)
        let tickets = drafted.tickets.map(\.certificate)
        #expect(meetings.add(tickets, to: created.id, token: created.token) == .conflict, "not registered yet")
        var registration = drafted.registration
        registration.tickets = nil
        #expect(meetings.register(registration, for: created.id, token: created.token) == .registered)
        #expect(meetings.add(tickets, to: created.id, token: other.token) == .unauthorized)
        let unknown = MeetingID(bytes: [UInt8](repeating: 0, count: 16))
        #expect(meetings.add(tickets, to: unknown, token: created.token) == .unknown)
        #expect(meetings.add(tickets, to: created.id, token: created.token) == .added)
        let hash = drafted.tickets[0].hash
        #expect(meetings.revoke(hash, of: created.id, token: other.token) == .unauthorized)
        guard case .revoked(let key) = meetings.revoke(hash, of: created.id, token: created.token) else {
            Issue.record("the link was not taken back")
            return
        }
        let delivery = try #require(meetings.registered(created.id)).delivery
        #expect(delivery.revoked == [key])
        #expect(delivery.certificates.keys.map { $0 } == [drafted.tickets[1].hash.decoded])
        meetings.forget(created.id)
        #expect(meetings.registered(created.id) == nil)
        #expect(meetings.revoke(hash, of: created.id, token: created.token) == .unknown)
    }

    @Test("a meeting is forgotten twelve hours after the last person left, not while somebody is in")
    func forgetting() throws {
        let meetings = Directory(atMost: 10)
        let created = try #require(meetings.create(now: self.start))
        let registration = try self.registration(of: created.id)
        #expect(meetings.register(registration, for: created.id, token: created.token) == .registered)
        meetings.occupy(created.id)
        #expect(meetings.expire(now: self.start + .seconds(100 * 3_600)) == [])
        let left = self.start + .seconds(101 * 3_600)
        meetings.vacate(created.id, now: left)
        #expect(meetings.expire(now: left + Meetings.lifetime - .nanoseconds(1)) == [])
        #expect(meetings.expire(now: left + Meetings.lifetime) == [created.id])
        #expect(meetings.count == 0)
    }

    @Test("there are never more meetings than the server carries")
    func bound() {
        let meetings = Directory(atMost: 2)
        #expect(meetings.create(now: self.start) != nil)
        #expect(meetings.create(now: self.start) != nil)
        #expect(meetings.creation(now: self.start) == .full)
    }

    @Test("one that was not registered for ten minutes is forgotten")
    func unregistered() throws {
        let meetings = Directory(atMost: 10)
        let left = try #require(meetings.create(now: self.start))
        let used = try #require(meetings.create(now: self.start))
        let registration = try self.registration(of: used.id)
        #expect(meetings.register(registration, for: used.id, token: used.token) == .registered)
        #expect(meetings.expire(now: self.start + .seconds(600) - .nanoseconds(1)) == [])
        #expect(meetings.expire(now: self.start + .seconds(600)) == [left.id])
        #expect(meetings.expire(now: self.start + Meetings.lifetime) == [used.id])
    }

    @Test("one account has sixty at a time, and whoever works on the machine as many as there may be")
    func ofAccount() throws {
        let meetings = Directory(atMost: 200)
        let (anna, bram) = (
            AccountID(bytes: [UInt8](repeating: 1, count: 16)), AccountID(bytes: [UInt8](repeating: 2, count: 16))
        )
        let first = try #require(meetings.create(now: self.start, by: anna))
        for _ in 1..<60 { #expect(meetings.create(now: self.start, by: anna) != nil) }
        #expect(meetings.creation(now: self.start, by: anna) == .enough)
        #expect(meetings.create(now: self.start, by: bram) != nil)
        for _ in 0..<61 { #expect(meetings.create(now: self.start) != nil) }
        meetings.forget(first.id)
        #expect(meetings.create(now: self.start, by: anna) != nil)
        #expect(meetings.creation(now: self.start, by: anna) == .enough)
        // Of an account that was closed nothing is remembered.
        meetings.disown(anna)
        #expect(meetings.create(now: self.start, by: anna) != nil)
    }
}
