import E2EE

/// What a member's client reads of other members, of a stored file and of a link; the rules stand in `E2EE.FrameFuzz` and
/// `E2EE.FileFuzz`.
enum FrameDoors {
    static func header(_ bytes: [UInt8]) { FrameFuzz.header(bytes.span) }
    static func frame(_ bytes: [UInt8]) { FrameFuzz.frame(bytes.span) }
    static func file(_ bytes: [UInt8]) { FileFuzz.file(bytes.span) }
    static func link(_ bytes: [UInt8]) { FrameFuzz.link(bytes.span) }
}
