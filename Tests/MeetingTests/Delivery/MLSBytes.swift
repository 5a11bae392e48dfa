import Meeting
import Wire

/// MLS messages as the delivery service sees them: a true head, and behind it whatever makes two of them differ.
enum MLSBytes {
    enum Sender {
        case member(UInt32), external(UInt32), newMemberProposal, newMemberCommit
    }

    static func commit(_ group: GroupID, _ epoch: UInt64, _ sender: Sender, mark: UInt8 = 1, proposals: Int = 3)
        -> [UInt8]
    {
        self.commit(group, epoch, sender, mark: mark, list: [UInt8](repeating: mark, count: proposals))
    }

    /// With these bytes as its list of proposals.
    static func commit(_ group: GroupID, _ epoch: UInt64, _ sender: Sender, mark: UInt8 = 1, list: [UInt8]) -> [UInt8] {
        self.open(group, epoch, sender, content: 3) { writer in
            writer.vector(list)
            writer.vector([UInt8](repeating: mark, count: 40))
        }
    }

    static func proposal(_ group: GroupID, _ epoch: UInt64, _ sender: Sender, mark: UInt8 = 1) -> [UInt8] {
        self.open(group, epoch, sender, content: 2) { $0.append([0, 10, mark]) }
    }

    static func app(_ group: GroupID, _ epoch: UInt64, mark: UInt8 = 1, count: Int = 256) -> [UInt8] {
        var writer = ByteWriter()
        writer.append([0, 1, 0, 2])
        group.write(to: &writer)
        writer.u64(epoch)
        writer.u8(1)
        writer.vector([UInt8]())
        writer.vector([UInt8](repeating: mark, count: 28))
        writer.vector([UInt8](repeating: mark, count: count))
        return writer.bytes
    }

    static func groupInfo(_ group: GroupID, _ epoch: UInt64, mark: UInt8 = 1) -> [UInt8] {
        var writer = ByteWriter()
        writer.append([0, 1, 0, 4, 0, 1, 0xF0, 0xB1])
        group.write(to: &writer)
        writer.u64(epoch)
        writer.append([UInt8](repeating: mark, count: 60))
        return writer.bytes
    }

    static func welcome(mark: UInt8 = 1) -> [UInt8] {
        var writer = ByteWriter()
        writer.append([0, 1, 0, 3, 0xF0, 0xB1])
        writer.vector([UInt8](repeating: mark, count: 90))
        writer.vector([UInt8](repeating: mark, count: 120))
        return writer.bytes
    }

    /// As an MLSMessage; without its first four bytes it is what a request at the door holds.
    static func keyPackage(mark: UInt8 = 1) -> [UInt8] {
        var writer = ByteWriter()
        writer.append([0, 1, 0, 5, 0, 1, 0xF0, 0xB1])
        for count in [1_216, 1_216, 32] { writer.vector([UInt8](repeating: mark, count: count)) }
        writer.u16(1)
        for count in [16, 2, 2, 4, 2, 2] { writer.vector([UInt8](repeating: mark, count: count)) }
        writer.u8(1)
        writer.u64(1)
        writer.u64(2)
        for count in [30, 64, 0, 64] { writer.vector([UInt8](repeating: mark, count: count)) }
        return writer.bytes
    }

    private static func open(
        _ group: GroupID, _ epoch: UInt64, _ sender: Sender, content: UInt8, _ body: (inout ByteWriter) -> Void
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.append([0, 1, 0, 1])
        group.write(to: &writer)
        writer.u64(epoch)
        switch sender {
        case .member(let index):
            writer.u8(1)
            writer.u32(index)
        case .external(let index):
            writer.u8(2)
            writer.u32(index)
        case .newMemberProposal: writer.u8(3)
        case .newMemberCommit: writer.u8(4)
        }
        writer.vector([UInt8]())
        writer.u8(content)
        body(&writer)
        writer.vector([UInt8](repeating: 9, count: 64))
        return writer.bytes
    }
}
