import BeraadTesting
import E2EE
import Meeting
import Testing

/// Personal links that a host takes back while the meeting runs (`e2ee.md` 3.2, tickets).
@Suite("Personal links that are taken back")
struct RevokedTicketTests {
    private func key(of fragment: [UInt8], _ meeting: TestMeeting) throws -> [UInt8] {
        let path = meeting.links.path
        let link = try Link(meetingID: path.span, fragment: fragment.span, meeting.crypto)
        let key = try link.publicKey(meeting.crypto)
        return try #require(key)
    }

    @Test("By a link that was taken back nobody comes in any more, though the server still hands out its certificate")
    func revoked() throws {
        let meeting = try TestMeeting(seed: 820)
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }))
        let fragment = try meeting.personalFragment([.enter]), other = try meeting.personalFragment([.enter])
        let before = try #require(host.epoch)
        meeting.tell(host, .revokeTicket(try self.key(of: fragment, meeting)))
        #expect(meeting.run(until: { host.epoch == before + 1 }), "\(host.refused)")
        let bram = try meeting.enter("Bram", fragment: fragment)
        let chris = try meeting.enter("Chris", fragment: other)
        #expect(meeting.run(until: { chris.isLive && host.names == ["Anna", "Chris"] }), "\(chris.state)")
        meeting.run(5_000)
        #expect(bram.epochs.isEmpty && host.roster.count == 2 && host.lobby.isEmpty, "\(bram.state)")
        // Said again it changes nothing.
        let epoch = host.epoch
        meeting.tell(host, .revokeTicket(try self.key(of: fragment, meeting)))
        meeting.run(2_000)
        #expect(host.epoch == epoch && host.refused.isEmpty)
    }

    @Test("Not while somebody is in by it: the host reads why, and nobody is put out")
    func inUse() throws {
        let meeting = try TestMeeting(seed: 821)
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }))
        let fragment = try meeting.personalFragment([.enter])
        let key = try self.key(of: fragment, meeting)
        let bram = try meeting.enter("Bram", fragment: fragment)
        try #require(meeting.run(until: { bram.isLive && host.names == ["Anna", "Bram"] }), "\(bram.state)")
        meeting.run(6_000)
        let before = host.epoch
        meeting.tell(host, .revokeTicket(key))
        #expect(host.refused == [.revokeTicket(key)] && host.reasons == [.inUse])
        meeting.run(2_000)
        #expect(host.epoch == before && bram.isLive)
        // Once they went it is taken back, and the key they had with it, whatever pass they kept.
        meeting.disconnect(bram)
        #expect(meeting.run(until: { host.roster.count == 1 }, within: 60_000))
        let after = try #require(host.epoch)
        meeting.tell(host, .revokeTicket(key))
        #expect(meeting.run(until: { host.epoch == after + 1 }), "\(host.refused)")
        meeting.connect(bram)
        meeting.run(10_000)
        #expect(!bram.isLive && host.roster.count == 1 && host.lobby.isEmpty, "\(bram.state)")
    }

    @Test("Only a host takes one back, and the authority's own key is none")
    func rights() throws {
        let meeting = try TestMeeting(seed: 822)
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }))
        let bram = try meeting.enter("Bram")
        try #require(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .admit([]))
        try #require(meeting.run(until: { bram.isLive && host.names == ["Anna", "Bram"] }))
        meeting.tell(host, .makeCohost(try #require(host.key(of: "Bram"))))
        try #require(meeting.run(until: { bram.roster.contains { $0.isOwn && $0.role == .cohost } }))
        meeting.run(6_000)
        let before = host.epoch
        let key = try self.key(of: try meeting.personalFragment([.enter]), meeting)
        meeting.tell(bram, .revokeTicket(key))
        #expect(bram.refused == [.revokeTicket(key)] && bram.reasons.isEmpty)
        let authority = try self.key(of: meeting.links.host, meeting)
        meeting.tell(host, .revokeTicket(authority))
        #expect(host.refused == [.revokeTicket(authority)])
        meeting.run(2_000)
        #expect(host.epoch == before)
    }
}
