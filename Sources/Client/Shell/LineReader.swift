/// Reads lines from standard input on a thread of its own, for as long as there are any.
final class LineReader: ThreadBody, Sendable {
    private let take: @Sendable (String) -> Void

    /// Starts reading; each line goes to `take`.
    static func start(_ take: @escaping @Sendable (String) -> Void) throws(ClientFailure) {
        try Thread.start(LineReader(take))
    }

    private init(_ take: @escaping @Sendable (String) -> Void) { self.take = take }

    func run() { while let line = readLine() { self.take(line) } }
}
