internal import Signalling

extension Passcode {
    /// As somebody types it; nil where there is none.
    init?(typed text: String?) throws(PeerFailure) {
        guard let text else { return nil }
        guard let passcode = Passcode(text.filter { $0 != " " }) else { throw .passcode }
        self = passcode
    }
}
