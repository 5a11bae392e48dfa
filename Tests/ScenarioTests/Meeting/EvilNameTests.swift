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
}
