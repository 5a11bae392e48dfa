internal import MediaCore

/// What one video slot sent lately, 16 bytes a packet: enough to answer a NACK from the publication's packets, and to
/// resend each at most once per round trip. Numbers that were never sent (holes) are simply not in it.
struct SlotHistory: BitwiseCopyable {
    private struct Entry: BitwiseCopyable {
        var packet = PacketHandle.none
        /// Low half of the outgoing number; the table is far shorter than 2^32.
        var sequence: UInt32 = 0
        /// Milliseconds of the media clock at the last resend, 0 = never.
        var resentAt: UInt32 = 0
    }

    private static let mask = UInt64(Bounds.history - 1)

    /// Taken when the slot is filled for the first time: most slots of most people never are.
    private var entries: FixedRows<Entry>?

    /// Starts anew: numbers of an earlier filling cannot be resent, their deltas are gone.
    mutating func clear() {
        guard let entries = self.entries else {
            self.entries = FixedRows(repeating: Entry(), count: Bounds.history)
            return
        }
        for place in 0..<entries.count { entries[place] = Entry() }
    }

    func note(_ packet: PacketHandle, sequence: UInt64) {
        guard let entries = self.entries else { return }
        entries[Int(sequence & Self.mask)] = Entry(packet: packet, sequence: UInt32(truncatingIfNeeded: sequence))
    }

    /// The packet sent under this number, unless it was resent less than `roundTrip` ago. Marks it as resent.
    func resend(_ sequence: UInt64, now: MediaTime, roundTrip: MediaSpan) -> PacketHandle? {
        guard let entries = self.entries else { return nil }
        let place = Int(sequence & Self.mask)
        let entry = entries[place]
        guard entry.packet != .none, entry.sequence == UInt32(truncatingIfNeeded: sequence) else { return nil }
        let milliseconds = UInt32(truncatingIfNeeded: max(1, now.nanoseconds / 1_000_000))
        guard entry.resentAt == 0 || Int64(milliseconds &- entry.resentAt) >= roundTrip.milliseconds else { return nil }
        entries[place].resentAt = milliseconds
        return entry.packet
    }

    mutating func free() {
        self.entries?.free()
        self.entries = nil
    }
}
