import BeraadTesting
import E2EE
import Meeting
import Testing

/// The proof set is without oneself (`e2ee.md` 11): nobody takes their own word for a sign that this is the right
/// group, and nobody waits for it.
@Suite("One's own word")
struct OwnWordTests {
    @Test("a host who opens the link again among guests is asked at once, and a Commit of their own is no answer")
    func ownCommit() throws {
        let company = try Company(seed: 530)
        let meeting = company.meeting, chris = company.guests[1]
        let key = try #require(company.host.key(of: "Chris"))
        meeting.crash(company.host)
        let anna = try meeting.enter("Anna", isHost: true)
        // Whoever waits for a sign of themselves is asked after 20 seconds.
        try #require(meeting.run(until: { anna.gateReasons == .unhosted }), "\(anna.states)")
        meeting.tell(anna, .eject(key))
        try #require(meeting.run(until: { anna.roster.count == 2 && chris.state == .out(.ejected) }))
        meeting.run(10_000)
        #expect(anna.gateReasons == .unhosted && anna.openedAt.isEmpty, "\(anna.states)")
        meeting.tell(anna, .continueUnhosted)
        #expect(meeting.run(until: { anna.isLive && company.guests[0].isLive }))
    }

    @Test("whoever stands in for a host who went needs no sign of anybody")
    func standIn() throws {
        // The same seed makes the same personal link, so that the invitation can name it.
        let rehearsal = try TestMeeting(seed: 531)
        let fragment = try rehearsal.personalFragment([.enter])
        let certificate = try #require(rehearsal.delivery.meeting.certificates.values.first)
        let key = try E2EE.RoleCertificate(decoding: certificate).subjectKey
        let meeting = try TestMeeting(seed: 531) { $0.successors = [key] }
        try #require(try meeting.personalFragment([.enter]) == fragment)
        let anna = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { anna.isLive }))
        let bram = try meeting.enter("Bram", fragment: fragment)
        let chris = try meeting.enter("Chris")
        try #require(meeting.run(until: { bram.isLive && anna.lobby.count == 1 }), "\(bram.state)")
        meeting.tell(anna, .admit([]))
        try #require(meeting.run(until: { chris.isLive && bram.roster.count == 3 }), "\(chris.state)")
        meeting.tell(anna, .leave)
        meeting.run(45_000)
        #expect(bram.roster.count == 2 && bram.roster.first { $0.isOwn }?.label == .actingHost)
        for member in [bram, chris] { #expect(member.isLive && member.openedAt.count == 1, "\(member.states)") }
    }
}
