internal import Crypto
internal import NIOHTTP1

/// One answer beside what it should be.
struct Comparison: Sendable {
    let expected: ExpectedAnswer
    let answer: LiveAnswer

    /// What differs, headers apart.
    var finding: VerifyFinding? {
        let path = self.expected.path
        if self.isRedirect { return .redirected(path: path, to: self.answer.headers["Location"].first ?? "") }
        guard let content = self.expected.content else {
            return self.answer.status == 404 ? nil : .unexpected(path: path)
        }
        guard self.answer.status == 200 else { return .missing(path: path, status: self.answer.status) }
        guard !self.answer.isCut else { return .endless(path: path, bytes: self.answer.body.count) }
        guard self.answer.body != content.bytes else { return nil }
        return .changed(
            path: path, line: content.type.hasSuffix("charset=utf-8") ? self.line(in: content.bytes) : nil,
            expected: Self.hash(content.bytes), found: Self.hash(self.answer.body))
    }

    var isRedirect: Bool { (300..<400).contains(self.answer.status) }

    /// It is a whole file, if not the right one.
    var isWhole: Bool { self.answer.status == 200 && !self.answer.isCut }

    private func line(in bytes: [UInt8]) -> Int {
        let same = zip(bytes, self.answer.body).prefix { $0 == $1 }
        return 1 + same.count(where: { $0.0 == UInt8(ascii: "\n") })
    }

    private static func hash(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map(WebFile.hexadecimal).joined()
    }
}
