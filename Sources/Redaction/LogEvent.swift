/// Everything the server ever writes to its log. The list is closed and an event holds at most numbers, so there is no
/// place where a name, an address, an id or a header could go (`privacy.md` 4.4).
package enum LogEvent: Equatable, Sendable {
    /// Listening.
    case serverReady
    /// Asked to stop.
    case serverStopping
    /// Somebody made a meeting.
    case meetingCreated
    /// Meetings were forgotten because nobody was in them for long.
    case meetingsForgotten(count: Int)
    /// A client sent something that is no message.
    case messageMalformed
    /// A client did not read what it was sent.
    case readerTooSlow
    /// More joins from one place than people make.
    case joinsTooFast
    /// More tries to sign in than people make.
    case signInsTooFast
    /// Somebody made an account.
    case accountMade
    /// An account was closed.
    case accountErased
    /// Accounts could not be read or written.
    case storageFailed
    /// The media plane could not do what a meeting asked.
    case mediaRefused
    /// The media plane reported something nobody knows.
    case mediaReportUnmatched

    /// How much it matters.
    package enum Level: Sendable {
        /// For those who look for something.
        case debug
        /// Part of an ordinary day.
        case info
        /// Somebody may want to look.
        case warning
    }

    /// How much it matters.
    package var level: Level {
        switch self {
        case .serverReady, .serverStopping, .accountMade, .accountErased: .info
        case .meetingCreated, .meetingsForgotten, .messageMalformed, .mediaReportUnmatched: .debug
        case .readerTooSlow, .joinsTooFast, .signInsTooFast, .storageFailed, .mediaRefused: .warning
        }
    }

    /// What is written.
    package var text: String {
        switch self {
        case .serverReady: "server ready"
        case .serverStopping: "server stopping"
        case .meetingCreated: "meeting created"
        case .meetingsForgotten(let count): "meetings forgotten: \(count)"
        case .messageMalformed: "message malformed"
        case .readerTooSlow: "connection closed: reader too slow"
        case .joinsTooFast: "joins too fast"
        case .signInsTooFast: "sign-ins too fast"
        case .accountMade: "account made"
        case .accountErased: "account erased"
        case .storageFailed: "accounts could not be read or written"
        case .mediaRefused: "media refused"
        case .mediaReportUnmatched: "media report for an endpoint that is gone"
        }
    }
}
