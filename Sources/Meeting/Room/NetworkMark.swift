internal import Crypto
package import Redaction

/// From which part of the network a connection comes: a hash under a key of the meeting, which is in memory and gone with
/// it (`privacy.md` 4.5). Two of one meeting can be compared; nothing can be turned back into an address.
package struct NetworkMark: Hashable, Sendable {
    private let rawValue: UInt64

    /// The mark of a network prefix; `key` has 32 random bytes, made for one meeting.
    package init(_ prefix: Redacted<[UInt8]>, key: [UInt8]) {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("ejected".utf8) + prefix.exposed, using: SymmetricKey(data: key))
        self.rawValue = code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// Networks whose newcomers are not let to the door, the newest last. It is bounded: the oldest goes first.
struct BlockedNetworks: Sendable {
    static let atMost = 256

    private var marks: [NetworkMark] = []

    func contains(_ mark: NetworkMark) -> Bool { self.marks.contains(mark) }

    mutating func insert(_ mark: NetworkMark) {
        guard !self.marks.contains(mark) else { return }
        if self.marks.count == Self.atMost { self.marks.removeFirst() }
        self.marks.append(mark)
    }
}
