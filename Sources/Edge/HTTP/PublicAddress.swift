/// Where people reach this server, as it was told when it started: `https`, a name and perhaps a port. What a request says
/// about that is not believed where it matters.
package struct PublicAddress: Equatable, Sendable {
    /// As browsers write it, without a slash behind it.
    package let origin: String
    /// The name alone.
    let host: String

    /// Nil for what is no such address, and for a number: passkeys are made for names.
    package init?(_ text: String) {
        let scheme = "https://"
        let text = text.lowercased()
        guard text.hasPrefix(scheme) else { return nil }
        var authority = text.dropFirst(scheme.count)
        if authority.hasSuffix("/") { authority = authority.dropLast() }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, parts.count <= 2, Self.isName(host) else { return nil }
        var port = ""
        if parts.count == 2 {
            guard let number = UInt16(parts[1]), number > 0, String(number) == parts[1] else { return nil }
            port = number == 443 ? "" : ":\(number)"
        }
        self.host = String(host)
        self.origin = "\(scheme)\(host)\(port)"
    }

    /// Labels of letters, digits and hyphens, the last of which is no number (RFC 1123 §2.1).
    private static func isName(_ host: Substring) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let areLabels = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "-") }
        }
        return areLabels && host.utf8.count <= 253 && labels.last?.utf8.allSatisfy(Self.isDigit) == false
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
