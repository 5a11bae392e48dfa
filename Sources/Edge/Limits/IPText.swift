/// The bytes of an address that the system wrote as text (RFC 5952). The socket's own structure is a C union, which safe
/// code cannot read.
package enum IPText {
    /// 4 bytes or 16; an IPv4 address inside IPv6 is an IPv4 address.
    package static func bytes(of text: String) -> [UInt8]? {
        let bare = text.prefix { $0 != "%" }
        guard bare.contains(":") else { return Self.four(bare) }
        guard let all = Self.sixteen(bare) else { return nil }
        let isMapped = Array(all.prefix(12)) == [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        return isMapped ? Array(all.suffix(4)) : all
    }

    private static func four(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { UInt8($0) }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    private static func sixteen(_ text: Substring) -> [UInt8]? {
        let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = halves.compactMap(Self.groups)
        guard parts.count == halves.count, let head = parts.first else { return nil }
        guard parts.count == 2 else { return head.count == 16 ? head : nil }
        let missing = 16 - head.count - parts[1].count
        guard missing >= 2 else { return nil }
        return head + [UInt8](repeating: 0, count: missing) + parts[1]
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        for group in text.split(separator: ":", omittingEmptySubsequences: false) {
            if let four = Self.four(group) {
                bytes += four
            } else if let value = UInt16(group, radix: 16) {
                bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
            } else {
                return nil
            }
        }
        return bytes
    }
}
