/// How large the parts of a frame may be (`e2ee.md` 4.1). A decoder refuses more before it allocates.
package enum FrameLimits {
    /// A Commit.
    package static let commit = 1 << 20
    /// A Welcome for many.
    package static let welcome = 1 << 20
    /// A GroupInfo: a policy of 64 KiB and what belongs to it.
    package static let groupInfo = 256 << 10
    /// A ratchet tree of 500 members.
    package static let tree = 3 << 19
    /// A proposal, which may hold a KeyPackage with a chain.
    package static let proposal = 32 << 10
    /// A PrivateMessage: 65536 bytes sealed, and its head.
    package static let application = 66 << 10
    /// A request at the door, or what is said about it: an honest one has six kilobytes.
    package static let lobby = 8 << 10
    /// KeyPackages of one client.
    package static let keyPackages = 64 << 10
    /// Proof of a fault.
    package static let evidence = 64 << 10
    /// Leaves one Commit adds.
    package static let added = 128
    /// Leaves one Commit removes.
    package static let removed = 512
    /// Leaves a message is for.
    package static let recipients = 512
}
