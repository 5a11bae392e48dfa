/// The doors for native fuzzers, which need not know a provider.
extension MLSFuzz {
    /// Any message as it travels.
    public static func message(_ bytes: Span<UInt8>) { self.message(bytes, SwiftCryptoProvider()) }

    /// A ratchet tree.
    public static func tree(_ bytes: Span<UInt8>) { self.tree(bytes, SwiftCryptoProvider()) }

    /// A snapshot and the log behind it.
    public static func log(_ bytes: Span<UInt8>) { self.log(bytes, SwiftCryptoProvider()) }
}

extension SavedFuzz {
    /// Something that is said to be a state that was kept.
    public static func state(_ bytes: Span<UInt8>) { self.state(bytes, SwiftCryptoProvider()) }
}

extension FrameFuzz {
    /// A frame as a slot receives it.
    public static func frame(_ bytes: Span<UInt8>) { self.frame(bytes, SwiftCryptoProvider()) }

    /// The parts of a link.
    public static func link(_ bytes: Span<UInt8>) { self.link(bytes, SwiftCryptoProvider()) }
}

extension FileFuzz {
    /// A stored file.
    public static func file(_ bytes: Span<UInt8>) { self.file(bytes, SwiftCryptoProvider()) }
}

extension MeetingFuzz {
    /// Any struct of the meeting.
    public static func part(_ bytes: Span<UInt8>) { self.part(bytes, SwiftCryptoProvider()) }
}
