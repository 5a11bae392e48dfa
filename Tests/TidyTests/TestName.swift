/// A test as the tables in `docs/` name it: `FILE#TEST`.
struct TestName {
    let file: String
    let name: String

    init?(_ text: String) {
        let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        self.file = parts[0]
        self.name = parts[1]
    }

    /// Where the test begins in its file: a function in Swift and Python, a title in JavaScript. In Swift `@Test` stands
    /// before it, and no other function in between.
    func start(in text: String) -> String.Index? {
        if self.file.hasSuffix(".swift") {
            return text.ranges(of: "func \(self.name)(").map(\.lowerBound).first { start in
                text[..<start].ranges(of: "@Test").last.map { !text[$0.upperBound..<start].contains("func ") } ?? false
            }
        }
        if self.file.hasSuffix(".py") { return text.firstRange(of: "def \(self.name)(")?.lowerBound }
        return (text.firstRange(of: "'\(self.name)'") ?? text.firstRange(of: "\"\(self.name)\""))?.lowerBound
    }
}
