internal import NIOHTTP1

/// What a server answered to one question, as it came.
struct LiveAnswer: Sendable {
    /// Informational ones count too: this version sends none.
    var status: Int
    var headers: HTTPHeaders
    var body: [UInt8]
    /// The body went on longer than was asked for, and the rest was not read.
    var isCut = false
}
