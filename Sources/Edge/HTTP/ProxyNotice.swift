internal import Redaction
internal import Synchronization

/// Says once that a proxy stands before this server that nobody named.
final class ProxyNotice: Sendable {
    private let log: EventLog
    private let isSaid = Mutex(false)

    init(_ log: EventLog) { self.log = log }

    func say() {
        let isFirst = self.isSaid.withLock { isSaid in
            defer { isSaid = true }
            return !isSaid
        }
        if isFirst { self.log(.proxyNotNamed) }
    }
}
