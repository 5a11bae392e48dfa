import BeraadTesting
import E2EE
import Meeting
import Testing

/// A session for two (`docs/decisions/0014`): nobody comes in as the third, and whoever fell out of the line is not in the way
/// of themselves.
@Suite("Two, and no third")
struct SessionForTwoTests {
    /// Anna, who leads, and Bram, both live.
    private func session(
        seed: UInt64, _ change: (inout MeetingDraft) -> Void = { _ in }
    ) throws -> (meeting: TestMeeting, host: TestMember, guest: TestMember) {
        let meeting = try TestMeeting(seed: seed) {
            $0.membersMax = 2
            change(&$0)
        }
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }), "\(host.state) \(host.faults)")
        let guest = try meeting.enter("Bram")
        try #require(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .admit([]))
        try #require(
            meeting.run(until: { host.isLive && guest.isLive && host.names == ["Anna", "Bram"] }),
            "\(guest.state) \(guest.faults)")
        return (meeting, host, guest)
    }

    /// Somebody knocks, and the host reads it.
    private func knock(_ name: String, _ meeting: TestMeeting, _ host: TestMember) throws -> TestMember {
        let member = try meeting.enter(name)
        try #require(meeting.run(until: { host.lobby.count == 1 }), "\(member.state) \(host.faults)")
        return member
    }

    @Test("Who lost everything knocks anew, and one Commit of the host's takes the old leaf out and the new one in")
    func readmitted() throws {
        let (meeting, host, guest) = try self.session(seed: 810)
        let before = try #require(host.epoch), old = try #require(host.key(of: "Bram"))
        meeting.crash(guest)
        meeting.run(1_000)
        let again = try self.knock("Bram", meeting, host)
        #expect(host.roster.count == 2 && host.epoch == before, "the old leaf fills the second seat")
        meeting.tell(host, .admit([]))
        #expect(
            meeting.run(until: { again.isLive && again.baseKey == host.baseKey }, within: 5_000),
            "\(again.state) \(again.faults) \(host.refused)")
        #expect(host.epoch == before + 1, "long before the server takes anybody for lost")
        #expect(host.roster.count == 2 && host.key(of: "Bram") != old && host.refused.isEmpty)
        #expect(host.mediaEpochs.last?.removed.count == 1 && host.mediaEpochs.last?.added.count == 1)
        meeting.run(40_000)
        #expect(host.isLive && again.isLive && host.names == ["Anna", "Bram"])
    }

    @Test("While the other one is there, whoever else knocks is not let in, and the host reads that it is full")
    func full() throws {
        let (meeting, host, guest) = try self.session(seed: 811)
        // Whoever renews keys after coming in has done so.
        meeting.run(6_000)
        let before = host.epoch
        let third = try self.knock("Chris", meeting, host)
        meeting.tell(host, .admit([host.lobby[0].requestHash]))
        #expect(meeting.run(until: { host.reasons == [.full] }), "\(host.refused)")
        #expect(host.refused == [.admit([host.lobby[0].requestHash])])
        meeting.run(10_000)
        #expect(host.epoch == before && third.state == .knocking && third.epochs.isEmpty)
        #expect(guest.isLive && host.names == ["Anna", "Bram"])
    }

    @Test("Who is back on the line has their seat, though the service said that they were gone")
    func back() throws {
        let (meeting, host, guest) = try self.session(seed: 812)
        meeting.run(6_000)
        let before = host.epoch
        meeting.disconnect(guest)
        meeting.run(1_000)
        meeting.connect(guest)
        let third = try self.knock("Chris", meeting, host)
        meeting.run(1_500)
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { host.reasons == [.full] }), "\(host.refused)")
        #expect(host.epoch == before && guest.isLive && third.state == .knocking)
    }

    @Test("A service that calls somebody lost who is there is believed until they say the next thing")
    func hint() throws {
        let (meeting, host, guest) = try self.session(seed: 813)
        meeting.run(6_000)
        let before = host.epoch
        let leaf = try #require(host.roster.first { !$0.isOwn }?.leaf)
        let groupID = host.engine.groupID ?? []
        meeting.inject(.lost(groupID: groupID, leaf: leaf, sinceMilliseconds: 0), to: host)
        let third = try self.knock("Chris", meeting, host)
        meeting.run(7_000)
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { host.reasons == [.full] }), "\(host.refused)")
        #expect(host.epoch == before && guest.isLive && third.state == .knocking)
    }

    @Test("Of two who knock for one lost seat one comes in")
    func oneSeat() throws {
        let (meeting, host, guest) = try self.session(seed: 814)
        meeting.crash(guest)
        meeting.run(1_000)
        let again = try meeting.enter("Bram")
        let third = try meeting.enter("Chris")
        try #require(meeting.run(until: { host.lobby.count == 2 }))
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { host.reasons == [.full] }), "\(host.refused)")
        #expect(meeting.run(until: { host.isLive && [again, third].contains { $0.isLive } }))
        meeting.run(5_000)
        #expect([again, third].count { $0.isLive } == 1 && host.roster.count == 2)
    }

    @Test("An engine of itself gives nobody's seat away: who was lost comes back by key only into their own")
    func unasked() throws {
        let (meeting, host, guest) = try self.session(seed: 815)
        meeting.run(6_000)
        // Bram falls out for so long that the server has him taken out, and comes back to a seat that is Chris's.
        meeting.disconnect(guest)
        #expect(meeting.run(until: { host.roster.count == 1 }, within: 60_000))
        let third = try self.knock("Chris", meeting, host)
        meeting.tell(host, .admit([]))
        try #require(meeting.run(until: { third.isLive && host.names == ["Anna", "Chris"] }), "\(third.state)")
        let before = host.epoch
        meeting.disconnect(third)
        meeting.connect(guest)
        meeting.run(5_000)
        #expect(host.epoch == before && host.names == ["Anna", "Chris"] && !guest.isLive)
    }

    @Test("Whoever was shown a session for two is in no larger group, though a host had the authority sign one besides")
    func founder() throws {
        for isForTwo in [true, false] {
            let meeting = try TestMeeting(seed: 817) { $0.membersMax = 2 }
            let server = HostileServer(meeting)
            let other = try server.descriptors { draft in
                draft.revision = 1
                draft.membersMax = isForTwo ? 2 : 500
            }
            // The host's own client founds by what nobody else is shown.
            server.says = { member, frame in
                guard member.name == "Anna", case .data(let data) = frame,
                    case .descriptors(_, let lobby, let certificate)? = try? DataFrame(decoding: data)
                else { return frame }
                return .data(
                    DataFrame.descriptors(meeting: other.meeting, lobby: lobby, certificate: certificate).encoded)
            }
            let host = try meeting.enter("Anna", isHost: true)
            try #require(meeting.run(until: { host.isLive }), "\(host.state) \(host.faults)")
            let guest = try self.knock("Bram", meeting, host)
            meeting.tell(host, .admit([]))
            meeting.run(5_000)
            #expect(guest.isLive == isForTwo && guest.epochs.isEmpty != isForTwo, "\(guest.states)")
            if !isForTwo { #expect(guest.faultCodes().contains(.policy), "\(guest.faultCodes())") }
        }
    }

    @Test("In a larger meeting nobody's seat is given away, however full it is")
    func larger() throws {
        let (meeting, host, guest) = try self.session(seed: 816) { $0.membersMax = 3 }
        let chris = try self.knock("Chris", meeting, host)
        meeting.tell(host, .admit([]))
        try #require(meeting.run(until: { chris.isLive && host.roster.count == 3 }))
        meeting.run(6_000)
        let before = host.epoch
        meeting.disconnect(guest)
        meeting.run(1_000)
        let dewi = try self.knock("Dewi", meeting, host)
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { host.reasons == [.full] }), "\(host.refused)")
        #expect(host.epoch == before && host.roster.count == 3 && dewi.state == .knocking)
    }
}
