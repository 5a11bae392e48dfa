/// What `authorise` says about a Commit.
package enum Verdict: Equatable, Sendable {
    case allow
    case deny(FaultCode)
}
