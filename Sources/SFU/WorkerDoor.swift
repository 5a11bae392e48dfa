internal import MediaCore

/// The sockets of one worker, bound before its thread starts, and what clients are told of them.
struct WorkerDoor: ~Copyable {
    let candidates: [Candidate]
    private var outlets: Places<Outlet>

    /// One socket for each address, all on one port number (`media.md` 4.1).
    init(_ configuration: MediaConfiguration, worker: Int) throws(MediaPlaneError) {
        var addresses: [LocalAddress] = []
        for text in configuration.bind {
            guard let address = LocalAddress(text) else { throw .notAnAddress(text) }
            addresses.append(address)
        }
        guard !addresses.isEmpty, addresses.count <= SFUBounds.sockets else { throw .notAnAddress("") }
        let wanted = configuration.basePort == 0 ? 0 : configuration.basePort &+ UInt16(worker)
        // With "any port" the second address may find the first one's number taken: then another number is tried.
        var outlets = Places<Outlet>(limit: SFUBounds.sockets)
        var port = try Self.bind(addresses, wanted, into: &outlets)
        var triesLeft = wanted == 0 ? 16 : 0
        while port == nil, triesLeft > 0 {
            outlets = Places(limit: SFUBounds.sockets)
            port = try Self.bind(addresses, wanted, into: &outlets)
            triesLeft -= 1
        }
        guard let port else { throw .cannotBind(address: addresses[0].text, port: wanted, errno: 0) }
        var announced: [LocalAddress] = []
        for text in configuration.announce {
            guard let address = LocalAddress(text) else { throw .notAnAddress(text) }
            announced.append(address)
        }
        if announced.isEmpty { announced = addresses.filter { !$0.isWildcard } }
        guard !announced.isEmpty else { throw .notAnAddress("") }
        self.candidates = announced.map { Candidate(address: $0.text, port: port, transport: .udp) }
        self.outlets = outlets
    }

    /// The sockets; the door is done.
    consuming func takeOutlets() -> Places<Outlet> { self.outlets }

    private static func bind(
        _ addresses: [LocalAddress], _ wanted: UInt16, into outlets: inout Places<Outlet>
    ) throws(MediaPlaneError) -> UInt16? {
        var port = wanted
        for (index, address) in addresses.enumerated() {
            do {
                let socket = try UDPSocket(address, port: port)
                port = socket.port
                _ = outlets.insert(Outlet(socket: socket))
            } catch {
                guard wanted == 0, index > 0 else { throw error }
                return nil
            }
        }
        return port
    }
}
