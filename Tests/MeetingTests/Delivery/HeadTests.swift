import Meeting
import Testing
import Wire

@Suite("The head of a message")
struct HeadTests {
    private let group = DeliveryScene.group

    private func head(_ bytes: [UInt8]) throws -> MLSHead {
        let span = bytes.rawSpan
        return try MLSHead(span)
    }

    @Test("group, epoch, sender and content are read of an open message")
    func open() throws {
        let commit = try self.head(MLSBytes.commit(self.group, 7, .member(5)))
        #expect(commit.groupID == self.group.bytes && commit.epoch == 7)
        guard case .open(.member(5), .commit, let offset) = commit.form else { throw DeliveryScene.Unexpected() }
        #expect(offset == 4 + 33 + 8 + 5 + 1 + 1)
        let proposal = try self.head(MLSBytes.proposal(self.group, 1, .newMemberProposal))
        guard case .open(.newMemberProposal, .proposal, _) = proposal.form else { throw DeliveryScene.Unexpected() }
    }

    @Test("of a sealed message everything is read but the sender, which is not to be seen")
    func sealed() throws {
        let head = try self.head(MLSBytes.app(self.group, 9))
        #expect(head.form == .sealed(.application))
        #expect(head.epoch == 9)
    }

    @Test("nothing behind the head is looked at")
    func nothingElse() throws {
        let whole = MLSBytes.commit(self.group, 7, .member(5))
        let cut = Array(whole.prefix(52))
        #expect(try self.head(cut) == self.head(whole))
        #expect(throws: WireError.self) { try self.head(Array(whole.prefix(51))) }
    }

    @Test("another version, form, sender or content is refused")
    func unknown() {
        let bytes = MLSBytes.commit(self.group, 7, .member(5))
        for (offset, value) in [(1, 2), (3, 6), (45, 5), (51, 4)] as [(Int, UInt8)] {
            var changed = bytes
            changed[offset] = value
            #expect(throws: WireError.illegalValue) { try self.head(changed) }
        }
    }

    @Test("a message ends where its last field ends")
    func ends() throws {
        for message in [MLSBytes.app(self.group, 1), MLSBytes.welcome(), MLSBytes.keyPackage()] {
            let bytes = message + [1, 2, 3]
            var reader = ByteReader(bytes.rawSpan)
            #expect(try reader.mlsMessage() == 0..<message.count)
            #expect(reader.remaining == 3)
            let cut = Array(message.dropLast())
            var short = ByteReader(cut.rawSpan)
            #expect(throws: WireError.truncated) { try short.mlsMessage() }
        }
    }
}
