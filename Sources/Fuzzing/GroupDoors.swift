import E2EE

/// What a member's client reads of other members and of the delivery service; the rules stand in `E2EE.MLSFuzz`.
enum GroupDoors {
    static func message(_ bytes: [UInt8]) { MLSFuzz.message(bytes.span) }
    static func part(_ bytes: [UInt8]) { MLSFuzz.part(bytes.span) }
    static func tree(_ bytes: [UInt8]) { MLSFuzz.tree(bytes.span) }
    static func log(_ bytes: [UInt8]) { MLSFuzz.log(bytes.span) }
    static func meeting(_ bytes: [UInt8]) { MeetingFuzz.part(bytes.span) }
    static func engine(_ bytes: [UInt8]) { EngineFuzz.part(bytes.span) }
    static func saved(_ bytes: [UInt8]) { SavedFuzz.state(bytes.span) }
    static func varint(_ bytes: [UInt8]) { MLSFuzz.varint(bytes.span) }
}
