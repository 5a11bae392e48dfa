internal import Signalling
internal import Wire

/// How a planned meeting lies on disk, where it is sealed as a whole. It has at most 56 KiB: two descriptions of 16 KiB, at
/// most 100 certificates and at most 300 keys, of both together 300.
extension RegisteredMeeting {
    private static let version: UInt8 = 1
    private static let lobbyBytesAtMost = 16 << 10

    /// Its bytes, to be sealed.
    package var stored: [UInt8] {
        var writer = ByteWriter()
        writer.u8(Self.version)
        writer.append(self.id.decoded)
        writer.append(self.inviteID.decoded)
        writer.u16(UInt16(clamping: self.capacity))
        writer.vector(self.descriptor.bytes)
        writer.vector(self.lobby)
        writer.list(self.tickets)
        writer.list(self.revoked)
        writer.vector(self.passcode?.bytes ?? [])
        return writer.bytes
    }

    /// The meeting again; nil for bytes that this release does not know.
    package init?(stored bytes: [UInt8]) {
        // Whoever wrote them had the key that seals them, so what is wrong with them is not asked.
        guard let meeting = try? Self.read(bytes) else { return nil }
        self = meeting
    }

    private static func read(_ bytes: [UInt8]) throws(WireError) -> Self {
        var reader = ByteReader(bytes.rawSpan)
        guard try reader.u8() == Self.version else { throw .illegalValue }
        let id = MeetingID(bytes: try reader.array(16))
        let inviteID = InviteID(bytes: try reader.array(16))
        let capacity = Int(try reader.u16())
        let descriptor = try reader.opaque(atMost: MeetingDescriptor.bytesAtMost)
        let lobby = try reader.opaque(atMost: Self.lobbyBytesAtMost)
        let tickets: [RoleCertificate] = try reader.list(atMost: TicketLimits.alive)
        let revoked: [LeafKey] = try reader.list(atMost: TicketLimits.ever)
        let passcode = try reader.opaque(atMost: PasscodeHash.byteCount)
        try reader.end()
        guard RoomLimits.capacity.contains(capacity), passcode.isEmpty || passcode.count == PasscodeHash.byteCount
        else {
            throw .illegalValue
        }
        return Self(
            id: id, inviteID: inviteID, capacity: capacity, descriptor: try MeetingDescriptor(decoding: descriptor),
            lobby: lobby, tickets: tickets, revoked: revoked, passcode: PasscodeHash(passcode))
    }
}
