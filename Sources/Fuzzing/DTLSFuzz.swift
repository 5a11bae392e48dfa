import MediaCrypto
import Wire

/// Datagrams for a DTLS server that waits for its client: it may start anew, but never finish.
enum DTLSFuzz {
    /// Made once: a certificate costs more than the handshake that is tried.
    static let identity = try? Identity()

    static func run(_ bytes: [UInt8]) {
        guard let identity = self.identity,
            var association = try? DTLSAssociation(
                role: .server, identity: identity, peerFingerprint: [UInt8](repeating: 1, count: 32), now: 0)
        else { preconditionFailure("an association can be made") }
        var script = Script(bytes)
        var now: Int64 = 0
        var out = [UInt8](repeating: 0, count: DTLSAssociation.maximumDatagram)
        while !script.isAtEnd {
            let datagram = script.datagram()
            now += 10_000_000
            association.receive(datagram.rawSpan, now: now)
            if let deadline = association.deadline, deadline <= now { association.elapse(now: now) }
            var sent = 0
            while self.next(&association, into: &out, now: now) > 0 {
                sent += 1
                precondition(sent < 64, "an answer has an end")
            }
            precondition(association.state != .connected, "nobody finished a handshake")
        }
    }

    private static func next(_ association: inout DTLSAssociation, into out: inout [UInt8], now: Int64) -> Int {
        // SAFETY: the buffer lives for the call.
        unsafe out.withUnsafeMutableBytes { unsafe association.next(into: $0, now: now) }
    }
}
