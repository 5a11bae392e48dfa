import BeraadTesting
import E2EE
import Meeting
import Testing

/// What an engine tells a page about the meeting, and that it tells only news.
@Suite("What a page is told")
struct NewsTests {
    private func meeting(seed: UInt64) throws -> (meeting: TestMeeting, host: TestMember, guest: TestMember) {
        let meeting = try TestMeeting(seed: seed)
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }))
        let guest = try meeting.enter("Bram")
        try #require(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .admit([]))
        try #require(meeting.run(until: { guest.isLive && guest.names == ["Anna", "Bram"] }))
        return (meeting, host, guest)
    }

    @Test("The lock, the admission, what is on and the own rights are told when they change, and at no other time")
    func policy() throws {
        let (meeting, host, guest) = try self.meeting(seed: 40)
        let policy = try #require(host.policies.first)
        #expect(host.policies.count == 1 && !policy.isLocked && policy.admission == .waiting)
        #expect(policy.rights == Role.host.rightsMax && policy.membersMax == 300 && policy.servicesMax == [])
        #expect(policy.featuresMax == .coaching && policy.features == FeatureSet.coaching.atFirst)
        #expect(guest.policies.count == 1 && guest.policies.first?.rights == [])
        meeting.run(15_000)
        #expect(host.policies.count == 1 && guest.policies.count == 1)

        meeting.tell(host, .lock(true))
        #expect(meeting.run(until: { guest.policies.last?.isLocked == true && host.policies.last?.isLocked == true }))
        #expect(guest.policies.count == 2)
        meeting.tell(host, .lock(false))
        meeting.tell(host, .setAdmission(.open))
        #expect(
            meeting.run(until: { guest.policies.last?.admission == .open && guest.policies.last?.isLocked == false }),
            "\(guest.policies)")
        meeting.tell(host, .setFeatures([.chat, .microphone]))
        #expect(meeting.run(until: { guest.policies.last?.features == [.chat, .microphone] }))
        meeting.tell(host, .makeCohost(try #require(host.key(of: "Bram"))))
        #expect(meeting.run(until: { guest.policies.last?.rights.contains([.admit, .eject, .policy]) == true }))
        #expect(guest.roster.contains { $0.isOwn && $0.role == .cohost })
        #expect(host.policies.last?.rights == Role.host.rightsMax)
    }

    @Test("Nothing of a meeting is told to somebody who waits at its door")
    func outside() throws {
        let (meeting, host, _) = try self.meeting(seed: 41)
        let waiting = try meeting.enter("Dewi")
        #expect(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .lock(true))
        meeting.run(5_000)
        #expect(waiting.state == .knocking && waiting.policies.isEmpty && waiting.mediaOccupants.isEmpty)
    }

    @Test("The keys of an epoch come with everybody who is in it, each by their own key")
    func occupants() throws {
        let (meeting, host, guest) = try self.meeting(seed: 42)
        for member in [host, guest] {
            #expect(
                member.mediaOccupants
                    == host.roster.map { MediaOccupant(leaf: $0.leaf, signatureKey: $0.signatureKey) })
        }
        meeting.tell(host, .sendBack(try #require(host.key(of: "Bram"))))
        #expect(meeting.run(until: { guest.state == .out(.sentBack) }))
        #expect(meeting.run(until: { host.mediaOccupants.count == 1 }))
        #expect(host.mediaOccupants.map { $0.signatureKey } == host.roster.map { $0.signatureKey })
    }
}
