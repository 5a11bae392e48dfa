internal import Foundation
internal import HTTPTypes
internal import NIOHTTP1

/// Whether an answer carries the headers of this version (`client.md` 1). Every file carries them, since a worker takes its
/// policy from its own response.
package struct HeaderRules {
    private let security: [(name: String, value: String)]

    init(_ site: Site, _ transport: Transport) {
        let fields = SecurityHeaders(importMapHash: site.importMapHash, transport: transport).fields
        self.security = fields.map { (name: $0.name.rawName, value: $0.value) }
    }

    /// What a proxy may add without changing what a browser does with the answer. Anything else is named, because nobody
    /// can list what browsers make of headers to come: a second style sheet (`Link`), a cookie, a report to another host.
    private static let harmless: Set<String> = [
        "accept-ranges", "age", "alt-svc", "connection", "content-length", "date", "etag", "expires", "keep-alive",
        "last-modified", "server", "transfer-encoding", "vary", "via", "x-frame-options", "x-request-id",
    ]

    /// Findings for the path of this one answer.
    func findings(in comparison: Comparison) -> [VerifyFinding] {
        guard let content = comparison.expected.content, comparison.isWhole else { return [] }
        let headers = comparison.answer.headers
        let expected =
            self.security + [
                (name: "Content-Type", value: content.type), (name: "Cache-Control", value: content.caching),
            ]
        func finding(_ name: String, _ value: String?) -> VerifyFinding {
            .header(name: name, expected: value, found: headers[name], paths: [comparison.expected.path])
        }
        let weak = expected.filter { !Self.isKept($0.name, $0.value, headers[$0.name]) }
        let known = Self.harmless.union(expected.map { $0.name.lowercased() })
        // Over http browsers do not look at it.
        var others = Set(headers.map { $0.name.lowercased() }).subtracting(known)
            .subtracting(["strict-transport-security"])
        if !Self.staysHere(alternatives: headers["alt-svc"]) { others.insert("alt-svc") }
        return weak.map { finding($0.name, $0.value) } + others.sorted().map { finding($0, nil) }
    }

    /// Several policies hold together, so one more can only take away; a longer time of strict transport is stronger.
    /// Everything else stands there once and as it is: with two values browsers choose, and not all the same. Swift holds texts
    /// for equal that browsers do not (a Greek question mark for a semicolon), so only ASCII is looked at as text.
    package static func isKept(_ name: String, _ value: String, _ found: [String]) -> Bool {
        switch name {
        case HTTPField.Name.contentSecurityPolicy.rawName:
            return found.flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }.map { Array($0) }.contains {
                self.isASCII($0) && String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespaces) == value
            }
        case HTTPField.Name.strictTransportSecurity.rawName:
            guard found.count == 1, let wanted = self.maxAge(value), let given = self.maxAge(found[0]) else {
                return false
            }
            return given >= wanted
        default: return found.count == 1 && found[0].utf8.elementsEqual(value.utf8)
        }
    }

    private static func isASCII(_ bytes: some Sequence<UInt8>) -> Bool { bytes.allSatisfy { $0 < 0x80 } }

    /// Whether another way to the same server is named, and none to another one (RFC 7838 §3): `h3=":443"`.
    package static func staysHere(alternatives found: [String]) -> Bool {
        found.allSatisfy { value in
            let parts = value.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
            return self.isASCII(value.utf8) && parts.count % 2 == 1
                && parts.indices.allSatisfy { $0 % 2 == 0 || parts[$0].first == UInt8(ascii: ":") }
        }
    }

    /// RFC 6797 §6.1.1; twice is not at all.
    private static func maxAge(_ value: String) -> Int? {
        guard self.isASCII(value.utf8) else { return nil }
        let ages = value.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            .filter { $0.hasPrefix("max-age") }
        guard ages.count == 1, ages[0].hasPrefix("max-age=") else { return nil }
        return Int(ages[0].dropFirst("max-age=".count))
    }
}
