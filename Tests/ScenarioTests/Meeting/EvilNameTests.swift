import BeraadTesting
import E2EE
import Testing

/// Who is in, what they are called, and what listens: by the tree and by each person's own signature, and by nobody else's
/// word (`e2ee.md` 9, 10).
@Suite("Who is shown to be there")
struct EvilNameTests {
    @Test("false-names: a name counts when the owner of the leaf signed it, whoever passes it on")
    func falseNames() throws {
        let company = try Company(seed: 230)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        let bram = try #require(company.host.key(of: "Bram"))
        let names = ["", "Anna", "Bram", "Chris"]
        #expect(company.everybody.allSatisfy { $0.names == names })

        // Somebody else's name, straight and among others.
        let forged = try rogue.profile(of: bram, name: "Bram de Boef")
        try rogue.tell(.profile, forged.encoded)
        try rogue.tell(.roster, Self.roster([forged]))
        company.meeting.run(500)
        for member in company.everybody {
            #expect(member.names == names)
            #expect(member.faultCodes() == [.app, .app] && member.faults.allSatisfy { $0.leaf == leaf })
        }
        // A name of its own is its own business; an older one changes nothing.
        try rogue.tell(.profile, try rogue.profile(of: rogue.key, name: "Mallory").encoded)
        try rogue.tell(.profile, try rogue.profile(of: rogue.key, name: "Nobody", revision: 3).encoded)
        company.meeting.run(500)
        #expect(company.everybody.allSatisfy { $0.names == ["Anna", "Bram", "Chris", "Mallory"] })
        // What was signed for another group is nothing here.
        let other = try Rogue("Bram", in: company.meeting)
        try other.found(
            try MeetingDescriptor(decoding: try company.server.descriptors().meeting),
            serverKey: company.meeting.serverKey)
        try rogue.tell(.profile, try other.profile(of: rogue.key, name: "Elsewhere").encoded)
        company.meeting.run(500)
        #expect(company.everybody.allSatisfy { $0.names == ["Anna", "Bram", "Chris", "Mallory"] })
        #expect(company.everybody.allSatisfy { $0.isLive })
    }

    /// The body of a Roster message.
    private static func roster(_ profiles: [SignedProfile]) -> [UInt8] {
        let bytes = profiles.flatMap { $0.encoded }
        return [UInt8(0x40 | bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
    }

    @Test("false-names: nothing the server says gives anybody a name")
    func serverNames() throws {
        let company = try Company(seed: 231)
        let rogue = try company.rogue()
        let names = company.everybody.map { $0.names }
        // It has a profile that Mallory signed, and no key to put it into the group with.
        let message = try rogue.sealed(.profile, try rogue.profile(of: rogue.key, name: "Anna").encoded)
        guard case .privateMessage(var sealed) = message else { throw RogueError.outside }
        sealed.ciphertext[0] ^= 1
        try company.server.order(.privateMessage(sealed), to: company.everybody)
        company.meeting.run(500)
        #expect(company.everybody.map { $0.names } == names)
        #expect(company.everybody.allSatisfy { $0.faultCodes() == [.app] && $0.isLive })
    }

    @Test("hide-recorder: whoever records is shown, and nobody sends before they agreed; no server takes that away")
    func hideRecorder() throws {
        let company = try Company(seed: 232) { $0.services = .recorder }
        let owner = try Rogue("Dewi", in: company.meeting, role: .host)
        try company.letIn(owner)
        var plan = owner.plan
        plan.proposals = [try owner.policy { $0.services = .recorder }]
        try owner.send(plan)
        company.meeting.run(500)
        try #require(company.everybody.allSatisfy { $0.isLive && $0.faults.isEmpty })
        let epoch = try #require(company.host.epoch)

        let recorder = try self.recorder(of: owner, in: company.meeting)
        let own = try MeetingGroup.keyPackage(recorder.identity, now: TestMeeting.unix, recorder.crypto)
        plan.proposals = owner.adding([own.keyPackage])
        let added = company.meeting.now
        try owner.send(plan)
        #expect(company.meeting.run(until: { company.everybody.allSatisfy { $0.epoch == epoch + 1 } }))
        func isShown() -> Bool {
            company.everybody.allSatisfy { member in
                member.gateReasons == .consent && member.state == .paused && !member.hasOpened(since: added)
                    && member.roster.contains {
                        $0.signatureKey == recorder.key && $0.role == .recorder && $0.label == .service
                    }
            }
        }
        #expect(isShown(), "\(company.everybody.map { $0.state })")

        // The server lets nothing through any more, then says whatever it can say.
        company.server.says = { _, _ in nil }
        company.meeting.run(15_000)
        for member in company.everybody {
            #expect(member.gateReasons?.contains(.consent) == true)
            #expect(member.roster.contains { $0.signatureKey == recorder.key && $0.label == .service })
        }
        company.server.says = { $1 }
        company.meeting.run(10_000)
        #expect(isShown(), "\(company.everybody.map { ($0.state, $0.gateReasons?.rawValue ?? 0) })")

        // Only a Commit takes it out.
        plan.proposals = [.remove(Remove(removed: try company.leaf(of: recorder.key)))]
        try owner.send(plan)
        #expect(company.meeting.run(until: { company.everybody.allSatisfy { $0.isLive && $0.roster.count == 4 } }))
    }

    @Test("hide-recorder: a recorder that says it is a person is let in by nobody")
    func disguisedRecorder() throws {
        let company = try Company(seed: 233) { $0.services = .recorder }
        let owner = try Rogue("Dewi", in: company.meeting, role: .host)
        try company.letIn(owner)
        let recorder = try self.recorder(of: owner, in: company.meeting, isDisguised: true)
        let own = try MeetingGroup.keyPackage(recorder.identity, now: TestMeeting.unix, recorder.crypto)
        var plan = owner.plan
        plan.proposals = owner.adding([own.keyPackage])
        let message = try MLSMessage(decoding: try owner.commit(plan).commit)
        let epoch = company.host.epoch
        try company.server.order(message, to: company.everybody)
        company.meeting.run(200)
        for member in company.everybody {
            #expect(member.epoch == epoch && member.isLive && member.faultCodes() == [.service])
        }
    }

    /// A machine that a host certified; disguised it has the certificate and not the mark.
    private func recorder(of owner: Rogue, in meeting: TestMeeting, isDisguised: Bool = false) throws -> Rogue {
        try Rogue("Recorder", in: meeting) { leaf, key in
            let certificate = RoleCertificate(
                leaf.instance, issuer: owner.key, subject: key, .leaf, .recorder, [],
                notBefore: TestMeeting.unix - 3_600, notAfter: TestMeeting.unix + 43_200,
                serial: [UInt8](repeating: 2, count: 8))
            leaf.chain = Chain([try owner.signed(certificate)] + (owner.chain?.certificates ?? []))
            guard !isDisguised else { return }
            leaf.service = ServiceInfo(role: .recorder, ownerKey: owner.key, purposes: .record, place: .elsewhere)
        }
    }
}
