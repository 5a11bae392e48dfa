import BeraadTesting
import Edge
import Meeting
import Signalling
import Testing

@Suite("Places for files that come and go", .promise("P-042"))
struct TransfersTests {
    private static func holder(_ meeting: UInt32, _ number: UInt8) throws -> BlobHolder {
        BlobHolder(meeting: meeting, leaf: try #require(LeafKey([UInt8](repeating: number, count: 32))))
    }

    private static func token(_ number: UInt8) -> BlobToken {
        BlobToken(bytes: [UInt8](repeating: number, count: 32))
    }

    /// Takes as many places as there are for somebody, each with a token of its own.
    private static func fill(
        _ transfers: Transfers, _ way: Transfers.Way, _ meeting: UInt32, _ number: UInt8
    ) throws -> [Transfers.Place] {
        let holder = try Self.holder(meeting, number)
        return (0..<100).compactMap { transfers.place(way, Self.token($0), of: holder) }
    }

    @Test("whoever takes all the places they can leaves places to others in the meeting, and to other meetings")
    func shares() throws {
        let transfers = Transfers(EdgeLimits(uploadsAtMost: 24, downloadsAtMost: 24))
        let first = try Self.fill(transfers, .coming, 1, 1)
        #expect(first.count == 4)
        let second = try Self.fill(transfers, .coming, 1, 2)
        #expect(second.count == 2, "a quarter of all for one meeting")
        let others = try (2...4).map { try Self.fill(transfers, .coming, $0, 1) + Self.fill(transfers, .coming, $0, 2) }
        #expect(others.map(\.count) == [6, 6, 6])
        #expect(try Self.fill(transfers, .coming, 5, 1).isEmpty, "and so many in all")
        let down = try Self.fill(transfers, .going, 1, 1)
        #expect(down.count == 4, "the other way is another matter")
        withExtendedLifetime((first, second, others, down)) {}
    }

    @Test("a token has two places, and what is given back is there for the next")
    func returns() throws {
        let transfers = Transfers(EdgeLimits(uploadsAtMost: 4, downloadsAtMost: 16))
        let holder = try Self.holder(1, 1)
        var places = (0..<3).map { _ in transfers.place(.going, Self.token(1), of: holder) }
        #expect(places.map { $0 != nil } == [true, true, false])
        places = []
        #expect(transfers.place(.going, Self.token(1), of: holder) != nil)
        // Where there are very few, a meeting still gets one.
        let only = transfers.place(.coming, Self.token(1), of: holder)
        #expect(only != nil && transfers.place(.coming, Self.token(2), of: holder) == nil)
        withExtendedLifetime(only) {}
    }
}
