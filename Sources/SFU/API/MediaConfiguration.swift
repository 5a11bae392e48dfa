package import Forwarding

/// Where the media plane listens, and how large it may grow.
package struct MediaConfiguration: Sendable {
    /// Local addresses to bind, IPv4 or IPv6, `0.0.0.0` and `::` included.
    package var bind: [String]
    /// Addresses clients are told; empty = those of `bind` that are addresses of one interface.
    package var announce: [String]
    /// Worker 0 takes this UDP port, worker 1 the next; 0 = any, and the answer names the port that was bound.
    package var basePort: UInt16
    /// Threads, each with a port of its own; 0 = one less than the machine's processors, at least one.
    package var workers: Int
    /// Endpoints per worker.
    package var endpoints: Int
    /// Packets per worker that may be kept at once, 2 KiB each; memory is used only as they are.
    package var cells: Int
    /// What one publication may send.
    package var rates: PublicationRates

    /// A configuration.
    package init(
        bind: [String], announce: [String] = [], basePort: UInt16 = 0, workers: Int = 0, endpoints: Int = 1_024,
        cells: Int = 32_768, rates: PublicationRates = .standard
    ) {
        self.bind = bind
        self.announce = announce
        self.basePort = basePort
        self.workers = workers
        self.endpoints = endpoints
        self.cells = cells
        self.rates = rates
    }
}

/// Why the media plane could not start.
package enum MediaPlaneError: Error, Sendable, Equatable {
    /// Not an IPv4 or IPv6 address, or no address at all.
    case notAnAddress(String)
    /// An address or port could not be bound.
    case cannotBind(address: String, port: UInt16, errno: Int32)
    /// The system refused a thread or a descriptor.
    case system(errno: Int32)
    /// No key pair could be made.
    case cryptography
}
