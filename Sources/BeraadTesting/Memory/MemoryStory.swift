internal import E2EE

/// A meeting in which everything happens that deletes secrets: people come, talk, are ejected and leave.
package final class MemoryStory {
    /// The meeting.
    package let meeting: TestMeeting
    /// The host.
    package private(set) var anna: TestMember?
    /// A guest who stays to the end, and never commits.
    package private(set) var bram: TestMember?
    /// Looks at the meeting whenever everybody who is in is in the same epoch, and nothing is on its way.
    package var look: ((String) throws -> Void)?

    /// The story did not go as it should.
    package struct Stuck: Error {
        let at: String
    }

    /// Nobody is in yet.
    package init(seed: UInt64, ledger: SecretLedger? = nil) throws {
        self.meeting = try TestMeeting(seed: seed, ledger: ledger)
    }

    /// Anna opens the meeting. Bram, Carol and Dirk come; Dirk is ejected, Carol leaves. The two who are left are in the
    /// same epoch then, and nothing is on its way.
    package func play(bram crypto: SeededCryptoProvider? = nil) throws {
        let anna = try self.meeting.enter("Anna", isHost: true)
        self.anna = anna
        try self.wait("for Anna") { anna.isLive }
        try self.look?("alone")
        let bram = try self.letIn("Bram", by: anna, crypto)
        self.bram = bram
        let carol = try self.letIn("Carol", by: anna)
        for member in [anna, bram, carol] {
            self.meeting.tell(member, .chat("abc"))
            self.meeting.run(100)
        }
        try self.look?("after some words")
        let dirk = try self.letIn("Dirk", by: anna)
        guard let key = anna.key(of: "Dirk") else { throw Stuck(at: "Dirk's name") }
        self.meeting.tell(anna, .eject(key))
        try self.wait("for Dirk to go") {
            dirk.state == .out(.ejected) && bram.epoch == anna.epoch && carol.epoch == anna.epoch
        }
        try self.look?("after an ejection")
        self.meeting.tell(carol, .leave)
        try self.wait("for Carol to be out of the keys") {
            bram.mediaOccupants.count == 2 && bram.epoch == anna.epoch
        }
        try self.look?("after a goodbye")
        // Some beacons, and whatever is still on its way.
        self.meeting.run(6_000)
        try self.wait("for all to be well") { anna.isLive && bram.isLive && bram.epoch == anna.epoch }
        try self.look?("at the end")
    }

    private func letIn(
        _ name: String, by host: TestMember, _ crypto: SeededCryptoProvider? = nil
    ) throws -> TestMember {
        let member = try self.meeting.enter(name, crypto)
        try self.wait("for \(name) to knock") { !host.lobby.isEmpty }
        self.meeting.tell(host, .admit([]))
        try self.wait("for \(name)") {
            member.isLive && host.lobby.isEmpty && member.epoch == host.epoch
                && self.meeting.members.allSatisfy { $0.epoch == host.epoch || $0.epoch == nil }
        }
        try self.look?("after \(name) came")
        return member
    }

    private func wait(_ what: String, until condition: () -> Bool) throws {
        guard self.meeting.run(until: condition) else { throw Stuck(at: what) }
    }
}
