import E2EE

/// What a member's client reads of other members and of a link; the rules stand in `E2EE.FrameFuzz`.
enum FrameDoors {
    static func header(_ bytes: [UInt8]) { FrameFuzz.header(bytes.span) }
    static func frame(_ bytes: [UInt8]) { FrameFuzz.frame(bytes.span) }
    static func link(_ bytes: [UInt8]) { FrameFuzz.link(bytes.span) }
}
