/// The one range of a request (RFC 9110 §14). Several at once nobody here asks for.
package enum ByteRange {
    /// The bytes that a `Range` header asks of so many; nil when it is no single range, or none of them is there.
    package static func parse(_ text: String, size: Int) -> Range<Int>? {
        guard text.hasPrefix("bytes=") else { return nil }
        let ends = text.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return nil }
        let (first, last) = (Self.number(ends[0]), Self.number(ends[1]))
        switch (ends[0].isEmpty, ends[1].isEmpty) {
        case (true, _):
            guard let last, last > 0, size > 0 else { return nil }
            return max(0, size - last)..<size
        case (false, true):
            guard let first, first < size else { return nil }
            return first..<size
        case (false, false):
            guard let first, let last, first <= last, first < size else { return nil }
            return first..<min(last + 1, size)
        }
    }

    /// A number in plain digits, far below what overflows.
    static func number(_ text: some StringProtocol) -> Int? {
        guard (1...15).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(text)
    }
}
