import MediaCore
import Testing

@Suite("Packets that may be asked for again")
struct SendHistoryTests {
    private func at(_ milliseconds: Int64) -> MediaTime { MediaTime(nanoseconds: milliseconds * 1_000_000) }

    /// Sends `numbers` at 0 ms, as the owner does: one reference while sending, given back afterwards.
    private func send(_ numbers: ClosedRange<UInt64>, _ history: inout SendHistory, slab: inout PacketSlab) throws {
        for number in numbers {
            let cell = slab.allocate()
            let packet = try #require(cell)
            let outgoing = Outgoing(
                stream: 3, packet: packet, sequence: number, timestamp: UInt32(number), marker: number % 2 == 0)
            history.record(outgoing, now: self.at(0), slab: &slab)
            slab.release(packet)
        }
    }

    @Test("a packet that was sent is found, ready to go out as a retransmission")
    func found() throws {
        var slab = PacketSlab(capacity: 128)
        var history = SendHistory(capacity: 64)
        try self.send(0x1_FFF0...0x2_0010, &history, slab: &slab)
        #expect(slab.used == 33)
        let taken = history.take(0xFFFF, now: self.at(10), roundTrip: .milliseconds(50))
        let packet = try #require(taken)
        #expect(packet.sequence == 0x1_FFFF)
        #expect(packet.isRetransmission && !packet.marker && packet.stream == 3)
        #expect(slab[packet.packet].payloadLength == 0)
        #expect(history.take(0x0011, now: self.at(10), roundTrip: .milliseconds(0)) == nil)
    }

    @Test("it goes out once in a round trip, and not at all when it is old")
    func limits() throws {
        var slab = PacketSlab(capacity: 128)
        var history = SendHistory(capacity: 64)
        try self.send(1...5, &history, slab: &slab)
        let trip = MediaSpan.milliseconds(50)
        #expect(history.take(2, now: self.at(10), roundTrip: trip) != nil)
        #expect(history.take(2, now: self.at(40), roundTrip: trip) == nil)
        #expect(history.take(2, now: self.at(60), roundTrip: trip) != nil)
        #expect(history.take(3, now: self.at(1_501), roundTrip: trip) == nil)
    }

    @Test("one question brings 17 packets at most")
    func item() throws {
        var slab = PacketSlab(capacity: 128)
        var history = SendHistory(capacity: 64)
        try self.send(1...40, &history, slab: &slab)
        var numbers: [UInt64] = []
        let item = MissingPackets(sequence: 5, following: 0xFFFF)
        history.take(item, now: self.at(10), roundTrip: .milliseconds(50)) { numbers.append($0.sequence) }
        #expect(numbers == Array(5...21))
        history.take(item, now: self.at(20), roundTrip: .milliseconds(50)) { numbers.append($0.sequence) }
        #expect(numbers.count == 17)
    }

    @Test("what leaves the ring gives its cell back, and clearing gives back all")
    func references() throws {
        var slab = PacketSlab(capacity: 128)
        var history = SendHistory(capacity: 10)
        try self.send(1...1_000, &history, slab: &slab)
        #expect(slab.used == 64)
        #expect(history.take(900, now: self.at(1), roundTrip: .milliseconds(0)) == nil)
        #expect(history.take(UInt16(1_000 - 63), now: self.at(1), roundTrip: .milliseconds(0)) != nil)
        history.clear(slab: &slab)
        #expect(slab.used == 0)
    }
}
