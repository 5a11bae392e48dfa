package import Redaction

/// Where log events go. The edge and the server have no other way to write.
package struct EventLog: Sendable {
    private let write: @Sendable (LogEvent) -> Void

    /// `write` puts an event wherever the installation wants it.
    package init(_ write: @escaping @Sendable (LogEvent) -> Void) {
        self.write = write
    }

    /// Writes an event.
    package func callAsFunction(_ event: LogEvent) {
        self.write(event)
    }
}
