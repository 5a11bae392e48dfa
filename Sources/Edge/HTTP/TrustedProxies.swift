internal import HTTPTypes
internal import NIOHTTP1

/// Proxies of this installation, whose word about where a request comes from is believed (`privacy.md` 4.5).
package struct TrustedProxies: Sendable {
    /// A network: an address, and how many bits of it count.
    private struct Network: Sendable {
        let bytes: [UInt8]
        let bits: Int

        func contains(_ address: [UInt8]) -> Bool {
            guard address.count == self.bytes.count else { return false }
            let whole = self.bits / 8
            guard address.prefix(whole) == self.bytes.prefix(whole) else { return false }
            guard whole < address.count else { return true }
            let mask: UInt8 = ~(0xFF >> UInt8(self.bits % 8))
            return (address[whole] ^ self.bytes[whole]) & mask == 0
        }
    }

    /// What is known of where a request comes from.
    enum Origin: Equatable {
        /// Nothing was said beyond the socket's own address.
        case direct
        /// A proxy names the address.
        case forwarded([UInt8])
        /// A proxy speaks for somebody, and does not say for whom in a way that can be read.
        case unknown
    }

    private let networks: [Network]

    /// Nobody is trusted.
    package static let none = TrustedProxies(networks: [])

    private init(networks: [Network]) { self.networks = networks }

    /// From `ADDRESS` or `ADDRESS/PREFIX` each; nil for a text that is neither.
    package init?(_ texts: [String]) {
        var networks: [Network] = []
        for text in texts {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let bytes = IPText.bytes(of: String(parts[0])), !text.contains("%"),
                let bits = parts.count == 1 ? bytes.count * 8 : Int(parts[1]), 0...bytes.count * 8 ~= bits
            else { return nil }
            networks.append(Network(bytes: bytes, bits: bits))
        }
        self.networks = networks
    }

    /// Whether a socket's other end is one of them.
    func contains(_ address: [UInt8]) -> Bool { self.networks.contains { $0.contains(address) } }

    /// Where a request that came from one of them was sent from. Each proxy adds at the end whom it heard: the last entry
    /// that is none of ours is the one that counts, and what stands before it is whatever that one said. Two headers have
    /// to agree, since a proxy that writes one may let the other pass as it came.
    func origin(_ headers: HTTPHeaders) -> Origin {
        let named = [
            self.last(headers[canonicalForm: "X-Forwarded-For"].map { $0[...] }),
            self.last(headers[canonicalForm: "Forwarded"].map(Self.node)),
        ].compactMap(\.self)
        guard let first = named.first else { return .direct }
        return named.allSatisfy { $0 == first } ? first : .unknown
    }

    /// Nil when nothing is said at all.
    private func last(_ entries: [Substring]) -> Origin? {
        var farthest: [UInt8]?
        for entry in entries.reversed() {
            guard let address = Self.address(entry) else { return .unknown }
            farthest = address
            guard self.contains(address) else { break }
        }
        return farthest.map { .forwarded($0) }
    }

    /// The `for` of an element of `Forwarded` (RFC 7239 §4), as it stands there.
    private static func node(_ element: Substring) -> Substring {
        for pair in element.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, Self.trimmed(parts[0]).lowercased() == "for" else { continue }
            return Self.trimmed(parts[1])
        }
        return ""
    }

    /// An address as proxies write it: bare, or in brackets, or in quotes, with or without a port.
    private static func address(_ entry: Substring) -> [UInt8]? {
        var text = Self.trimmed(entry)
        if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            return IPText.bytes(of: String(text[text.index(after: text.startIndex)..<end]))
        }
        // One colon stands before a port; an IPv6 address has more.
        if text.count(where: { $0 == ":" }) == 1 { text = text.prefix { $0 != ":" } }
        return IPText.bytes(of: String(text))
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let head = text.drop { $0 == " " || $0 == "\t" }
        guard let end = head.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return head[...end]
    }
}
