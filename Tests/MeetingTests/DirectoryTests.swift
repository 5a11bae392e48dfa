import Meeting
import Signalling
import Testing

/// The directory with its generator, so that a test reads as calls.
private final class Directory {
    private var meetings: Meetings
    private var generator = SplitMix(state: 1)

    init(atMost: Int) { self.meetings = Meetings(atMost: atMost) }

    var count: Int { self.meetings.count }

    func create(now: ContinuousClock.Instant) -> MeetingCreated? {
        self.meetings.create(now: now, using: &self.generator)
    }

    func register(_ registration: InviteRegistration, for id: MeetingID, token: CreationToken) -> Meetings.Registration
    {
        self.meetings.register(registration, for: id, token: token)
    }

    func registration(of id: MeetingID) -> InviteRegistration? { self.meetings.registration(of: id) }
    func occupy(_ id: MeetingID) { self.meetings.occupy(id) }
    func vacate(_ id: MeetingID, now: ContinuousClock.Instant) { self.meetings.vacate(id, now: now) }
    func expire(now: ContinuousClock.Instant) -> [MeetingID] { self.meetings.expire(now: now) }
}

@Suite("The meetings of a server")
struct DirectoryTests {
    private let start = ContinuousClock.now

    private func registration(of id: MeetingID) throws -> InviteRegistration {
        let meeting = try #require(Base64URL.decode(id.text))
        let descriptor = try Authority().descriptor(of: meeting).bytes, lobby: [UInt8] = [1]
        return InviteRegistration(
            inviteID: InviteID(bytes: [UInt8](repeating: 3, count: 16)), capacity: 25,
            descriptor: try #require(Descriptor(descriptor)), lobby: try #require(Descriptor(lobby)))
    }

    @Test("a meeting can be joined once its invite is registered, with its token and once only")
    func registering() throws {
        let meetings = Directory(atMost: 10)
        let created = try #require(meetings.create(now: self.start))
        let other = try #require(meetings.create(now: self.start))
        let registration = try self.registration(of: created.id)
        #expect(meetings.registration(of: created.id) == nil)
        #expect(meetings.register(registration, for: created.id, token: other.token) == .unauthorized)
        let another = try self.registration(of: other.id)
        #expect(meetings.register(another, for: created.id, token: created.token) == .malformed)
        #expect(meetings.register(registration, for: created.id, token: created.token) == .registered)
        #expect(meetings.registration(of: created.id) == registration)
        #expect(meetings.register(registration, for: created.id, token: created.token) == .conflict)
        let unknown = MeetingID(bytes: [UInt8](repeating: 0, count: 16))
        #expect(meetings.register(registration, for: unknown, token: created.token) == .unknown)
    }

    @Test("a meeting is forgotten twelve hours after the last person left, not while somebody is in")
    func forgetting() throws {
        let meetings = Directory(atMost: 10)
        let created = try #require(meetings.create(now: self.start))
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
        #expect(meetings.create(now: self.start) == nil)
    }
}
