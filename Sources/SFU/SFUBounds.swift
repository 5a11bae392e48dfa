/// Every table and rate of a worker ends somewhere; this is the list (`media.md` 9.4 and 9.5), beside that of
/// `Forwarding`. A test fills each.
package enum SFUBounds {
    /// Rooms per worker.
    package static let rooms = 1_024
    /// Paths one endpoint may have in the table, as many as ICE itself keeps.
    package static let pathsPerEndpoint = 8
    /// Local ICE names of one endpoint: the present one and, during a restart, the one before.
    package static let namesPerEndpoint = 2
    /// Commands waiting for one worker.
    package static let commands = 16_384
    /// Datagrams taken from a socket, or given to it, in one call.
    package static let batch = 64
    /// Calls per socket and turn; then the others have their turn.
    package static let batchesPerTurn = 4
    /// Longest datagram we accept or send.
    package static let datagram = 2_048
    /// Datagrams kept while a socket would not take more.
    package static let backlog = 256
    /// Local sockets of one worker.
    package static let sockets = 16
    /// STUN per second on a path, requests and answers apart. What bears nobody's name costs no token and goes no further.
    package static let stunPerPath: Int64 = 50
    /// STUN per second that asks for one endpoint from paths it does not have yet.
    package static let stunPerName: Int64 = 50
    /// Kernel buffers asked for; the system's own limit may give less.
    package static let socketBuffer: Int32 = 8 << 20
    /// New endpoints get a new certificate this often.
    package static let identityLife: Int64 = 24 * 3_600 * 1_000_000_000
}
