/// Which messages a group takes and makes.
package enum GroupTraffic: Sendable {
    /// Those of a meeting (`e2ee.md` 4.1): proposals and Commits as PublicMessages, because the service reads their heads and
    /// joiners follow them; messages of the application without authenticated data, which nobody would look at.
    case meeting
    /// All of RFC 9420: for vectors and interoperability.
    case any

    /// Whether a PrivateMessage like this is one of them.
    func has(_ type: ContentType, authenticatedData: [UInt8]) -> Bool {
        self == .any || (type == .application && authenticatedData.isEmpty)
    }
}
