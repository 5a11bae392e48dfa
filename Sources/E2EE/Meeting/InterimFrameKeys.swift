/// Where frame keys come from until the group protocol is there (`docs/decisions/0002-interim-frame-keys.md`): from the
/// link and a sender id of 16 random bytes that each client makes anew at each join. One epoch, 0, and S = 8. Whoever
/// has the link can read; nobody is shut out by leaving. The next issue replaces this file.
public struct InterimKeys<Crypto: CryptoProvider>: FrameKeySource, ~Copyable {
    private struct Occupant: Sendable {
        var sender: [UInt8]
        var number: UInt64
    }

    /// Bytes of a sender id.
    public static var senderByteCount: Int { 16 }
    /// 2^8 leaves, so that every capacity of a meeting fits.
    public static var leafBits: Int { 8 }

    private let invite: Invite
    private let crypto: Crypto
    private let ownLeaf: UInt32
    private var occupants: [Occupant?] = Array(repeating: nil, count: 1 << Self.leafBits)
    /// Everybody who ever sat somewhere: the number of a sender id and its leaf, for life.
    private var known: [[UInt8]: (number: UInt64, leaf: UInt32)] = [:]

    /// Keys of a meeting as seen from `ownLeaf`.
    public init(invite: consuming Invite, ownLeaf: UInt32, _ crypto: Crypto) {
        self.invite = invite
        self.ownLeaf = ownLeaf
        self.crypto = crypto
    }

    /// The base key of one sender: KDF(invite_prk, "interim base key", sender id, 16).
    public static func baseKey(of sender: [UInt8], invite: borrowing Invite, _ crypto: Crypto) -> Secret {
        Labelled<Crypto>.derive(crypto, from: invite.key, "interim base key", sender, count: 16)
    }

    /// `sender` sits on `leaf` from now on. False when the leaf or the id is impossible, when the leaf is our own, or when
    /// this sender sat on another one before: a sender id is new at every entry, so that is a lie. Nothing changes then.
    @discardableResult
    public mutating func seat(_ sender: [UInt8], on leaf: UInt32) -> Bool {
        guard leaf < UInt32(self.occupants.count), leaf != self.ownLeaf, sender.count == Self.senderByteCount else {
            return false
        }
        let before = self.known[sender]
        guard before.map({ $0.leaf == leaf }) ?? (self.known.count < Self.sendersMax) else { return false }
        let number = before?.number ?? UInt64(self.known.count + 1)
        self.known[sender] = (number, leaf)
        self.occupants[Int(leaf)] = Occupant(sender: sender, number: number)
        return true
    }

    /// More entries than a long meeting sees; a server that invents more fills no memory.
    private static var sendersMax: Int { 4_096 }

    /// Nobody sits on `leaf` any more: its frames are dropped at once.
    public mutating func vacate(_ leaf: UInt32) {
        guard leaf < UInt32(self.occupants.count) else { return }
        self.occupants[Int(leaf)] = nil
    }

    /// Always 0.
    public var currentEpoch: UInt64 { 0 }

    /// 8 in epoch 0; no other epoch exists.
    public func leafBits(in epoch: UInt64) -> Int? { epoch == 0 ? Self.leafBits : nil }

    /// Whether this is our own leaf.
    public func isOwn(_ leaf: UInt32, in epoch: UInt64) -> Bool { leaf == self.ownLeaf }

    /// Who sits on `leaf`.
    public func occupant(of leaf: UInt32, in epoch: UInt64) -> UInt64? {
        guard epoch == 0, leaf < UInt32(self.occupants.count) else { return nil }
        return self.occupants[Int(leaf)]?.number
    }

    /// Everybody may send voice and picture; screens come with features and roles.
    public func allows(_ kind: FrameKind, from leaf: UInt32, in epoch: UInt64) -> Bool {
        kind == .microphone || kind == .camera
    }

    /// The base key of whoever sits on `leaf`.
    public borrowing func baseKey(of leaf: UInt32, in epoch: UInt64) -> Secret? {
        guard epoch == 0, leaf < UInt32(self.occupants.count), let occupant = self.occupants[Int(leaf)] else {
            return nil
        }
        return Self.baseKey(of: occupant.sender, invite: self.invite, self.crypto)
    }
}
