import MediaCrypto

/// Two associations and the network between them, in virtual time. What happens to a datagram is a function of its
/// sender and its number, so a run can be told again.
final class DTLSPair {
    enum Sender: Hashable {
        case client, server
    }

    /// A datagram on its way.
    struct Flight {
        let sender: Sender
        /// Counted from 0 for each sender.
        let number: Int
        var payload: [UInt8]
    }

    /// When, after it was sent, copies of it arrive, in milliseconds; empty = lost.
    typealias Fate = (Flight) -> [Int64]

    static let millisecond: Int64 = 1_000_000

    let serverFingerprint: [UInt8]
    var client: DTLSAssociation
    var server: DTLSAssociation
    private(set) var now: Int64 = 0
    private(set) var sent: [Flight] = []
    /// Datagrams of the server that went to other routes than the client's.
    private(set) var toStrangers = 0

    private var wire: [(due: Int64, order: Int, flight: Flight)] = []
    private var numbers: [Sender: Int] = [:]

    init(
        clientTerms: DTLSTerms = .house, serverTerms: DTLSTerms = .house, clientExpects: [UInt8]? = nil,
        serverExpects: [UInt8]? = nil
    ) throws {
        let clientIdentity = try Identity()
        let serverIdentity = try Identity()
        self.serverFingerprint = serverIdentity.fingerprint
        self.client = try DTLSAssociation(
            role: .client, identity: clientIdentity, peerFingerprint: clientExpects ?? serverIdentity.fingerprint,
            terms: clientTerms, now: 0)
        self.server = try DTLSAssociation(
            role: .server, identity: serverIdentity, peerFingerprint: serverExpects ?? clientIdentity.fingerprint,
            terms: serverTerms, now: 0)
    }

    /// Both are connected.
    var isConnected: Bool { self.client.state == .connected && self.server.state == .connected }

    /// Starts the client and runs until nothing is on the wire and no timer runs, or `seconds` have passed.
    func shake(seconds: Int64 = 10, fate: Fate = { _ in [1] }) {
        self.client.start(now: self.now)
        self.run(seconds: seconds, fate: fate)
    }

    /// Runs on without a start.
    func run(seconds: Int64 = 10, fate: Fate = { _ in [1] }) {
        let end = self.now + seconds * 1_000 * Self.millisecond
        while true {
            self.collect(fate)
            let due = self.wire.map(\.due).min()
            guard let next = [due, self.client.deadline, self.server.deadline].compactMap({ $0 }).min(), next <= end
            else { return }
            self.now = max(self.now, next)
            if let due, due <= self.now {
                self.deliver()
            } else {
                self.client.elapse(now: self.now)
                self.server.elapse(now: self.now)
            }
        }
    }

    /// Hands a datagram to one side as if the other had sent it; a server hears on which route. The true client is at 0.
    func inject(_ payload: [UInt8], to receiver: Sender, from route: UInt32 = 0) {
        switch receiver {
        case .client: unsafe self.client.receive(payload.span.bytes, now: self.now)
        case .server: unsafe self.server.receive(payload.span.bytes, from: route, now: self.now)
        }
    }

    private func collect(_ fate: Fate) {
        var buffer = [UInt8](repeating: 0, count: 1_500)
        for sender in [Sender.client, .server] {
            while true {
                let now = self.now
                let count = unsafe buffer.withUnsafeMutableBytes { out in
                    switch sender {
                    case .client: unsafe self.client.next(into: out, now: now)
                    case .server: unsafe self.server.next(into: out, now: now)
                    }
                }
                guard count > 0 else { break }
                // What goes to a stranger's address does not reach the client.
                if sender == .server, self.server.outgoingRoute != 0 {
                    self.toStrangers += 1
                    continue
                }
                let flight = Flight(
                    sender: sender, number: self.numbers[sender, default: 0], payload: Array(buffer.prefix(count)))
                self.numbers[sender, default: 0] += 1
                self.sent.append(flight)
                for delay in fate(flight) {
                    self.wire.append((now + delay * Self.millisecond, self.sent.count, flight))
                }
            }
        }
    }

    private func deliver() {
        let index = self.wire.indices.min {
            (self.wire[$0].due, self.wire[$0].order) < (self.wire[$1].due, self.wire[$1].order)
        }
        guard let index else { return }
        let flight = self.wire.remove(at: index).flight
        self.inject(flight.payload, to: flight.sender == .client ? .server : .client)
    }
}
