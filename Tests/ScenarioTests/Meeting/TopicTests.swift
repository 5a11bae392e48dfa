import BeraadTesting
import E2EE
import Meeting
import Testing

/// What a meeting is about lies sealed under its link (`e2ee.md` 3.2).
@Suite("What a meeting is about")
struct TopicTests {
    private static let topic = "Kennismaking met Zoë"

    private static func isAboutIt(_ draft: inout MeetingDraft) { draft.card.title = Array(Self.topic.utf8) }

    @Test("whoever has a link reads it on the way in, once; the service has nothing but what is sealed")
    func told() throws {
        let meeting = try TestMeeting(seed: 660) { Self.isAboutIt(&$0) }
        let host = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { host.isLive }))
        let guest = try meeting.enter("Bram")
        let personal = try meeting.enter("Chris", fragment: try meeting.personalFragment())
        #expect(meeting.run(until: { [guest, personal].allSatisfy { $0.state == .knocking } }))
        #expect([host, guest, personal].allSatisfy { $0.topics == [Self.topic] })
        let sealed = meeting.delivery.meeting.lobbyDescriptor
        #expect(sealed.count > 512 && sealed.firstRange(of: Array(Self.topic.utf8)) == nil)
        // Another connection asks for the same card.
        meeting.disconnect(guest)
        meeting.run(500)
        meeting.connect(guest)
        meeting.run(2_000)
        #expect(guest.state == .knocking && guest.topics == [Self.topic])
    }

    @Test("a meeting without a topic tells none")
    func none() throws {
        let meeting = try TestMeeting(seed: 661)
        let host = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { host.isLive }))
        #expect(host.topics.isEmpty)
    }

    @Test("a link that was renewed does not open the card; whoever comes by it comes in without")
    func renewed() throws {
        let company = try Company(seed: 662) { Self.isAboutIt(&$0) }
        company.meeting.run(2_000)
        #expect(company.everybody.allSatisfy { $0.topics == [Self.topic] })
        company.meeting.tell(company.host, .rotateLink)
        try #require(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.invites.count == 1 } }, within: 5_000))
        let eva = try company.meeting.enter("Eva", fragment: try #require(company.host.link))
        #expect(company.meeting.run(until: { eva.state == .knocking }))
        #expect(eva.topics.isEmpty && eva.faults.isEmpty)
        #expect(company.everybody.allSatisfy { $0.topics.count == 1 })
    }
}
