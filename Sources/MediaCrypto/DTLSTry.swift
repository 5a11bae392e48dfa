internal import CNIOBoringSSL

/// One try at a handshake: an SSL, the port it reads and writes through, and what it was told of the peer. A client has
/// one; a server makes one for each ClientHello, because anybody who can forge a source address can send one, and only
/// the end of a handshake tells whose was the true one. It knows no clock; routes are numbers of its owner.
@safe final class DTLSTry {
    enum Outcome {
        case waiting, finished, closedByPeer, failed
    }

    /// A datagram has at least 13 bytes per record of DTLS 1.2 and 5 of 1.3; more reads than this is nothing of ours.
    private static let maximumReads = 64
    private static let firstTimeoutMilliseconds: UInt32 = 100

    /// What it says.
    let port = DatagramPort()
    let peer: PeerCertificate
    /// The body of the ClientHello it answers; empty on a client.
    let hello: [UInt8]
    /// Where the hello came from last, and where the answers go.
    private(set) var route: UInt32
    /// Everything it was told came over `route`, so whoever finishes its handshake receives there.
    private(set) var hasOneRoute = true
    /// When its timer fires.
    private(set) var deadline: Int64?
    /// Its SSL is gone: nothing can come of it any more.
    private(set) var hasEnded = false

    private var nextRecord: UInt64 = 0
    private var taken: Set<UInt16> = []

    // SAFETY: owned by this object alone and freed in `deinit`; `port` and `peer`, to which it points, live as long. Nothing
    // is called on it after `end`, which keeps it so that late questions (version, group) have an answer.
    private let ssl: OpaquePointer

    /// Nothing when memory is out.
    init?(
        role: DTLSAssociation.Role, terms: DTLSTerms, identity: Identity, peer: PeerCertificate, hello: [UInt8],
        route: UInt32, now: Int64
    ) {
        let port = self.port
        guard let ssl = unsafe Self.makeSSL(role, terms, identity, port, peer, now: now) else { return nil }
        self.peer = peer
        self.hello = hello
        self.route = route
        unsafe self.ssl = ssl
    }

    deinit {
        unsafe SSL_free(self.ssl)
    }

    // MARK: Input

    /// Reads whatever stands in the port; a client begins with it.
    func advance(now: Int64) -> Outcome { unsafe self.run(now: now) { unsafe Self.advance($0) } }

    /// Reads `datagram`.
    func feed(_ datagram: RawSpan, now: Int64) -> Outcome {
        let port = self.port
        return unsafe self.run(now: now) { ssl in port.withInput(datagram) { unsafe Self.advance(ssl) } }
    }

    /// The timer fired; BoringSSL does nothing before its time.
    func elapse(now: Int64) -> Outcome {
        unsafe self.run(now: now) { ssl in
            // Answers 1 for "sent again", 0 for "nothing was due", -1 for "too often".
            unsafe DTLSv1_handle_timeout(ssl) < 0 ? .failed : .waiting
        }
    }

    /// Says close_notify.
    func shutDown(now: Int64) {
        DTLSClock.at(now) { unsafe _ = SSL_shutdown(self.ssl) }
        ERR_clear_error()
        self.end()
    }

    /// Nothing is read or sent again; what was said already may still be fetched.
    func end() {
        self.hasEnded = true
        self.deadline = nil
    }

    /// Something for this try came over `route`. A repeated hello moves the answers there; anything else does not, or
    /// whoever forges a source address could point them.
    func heard(from route: UInt32, isHello: Bool) {
        guard route != self.route else { return }
        self.hasOneRoute = false
        if isHello { self.route = route }
    }

    // MARK: What is known

    /// Wire number of the version, once a hello was understood.
    var version: UInt16 { UInt16(truncatingIfNeeded: unsafe SSL_version(self.ssl)) }
    /// The hello was answered with HelloRetryRequest, so that a second one comes.
    var wantsSecondHello: Bool { unsafe SSL_used_hello_retry_request(self.ssl) == 1 }
    /// Number of the key exchange's group.
    var group: UInt16 { unsafe SSL_get_group_id(self.ssl) }

    var profile: SRTPProfile? {
        guard let selected = unsafe SSL_get_selected_srtp_profile(self.ssl) else { return nil }
        return SRTPProfile(rawValue: UInt16(truncatingIfNeeded: unsafe selected.pointee.id))
    }

    func exportKeys(_ profile: SRTPProfile) -> SRTPKeyBlock? {
        let label = "EXTRACTOR-dtls_srtp"
        return unsafe SRTPKeyBlock(profile: profile) { block in
            // SAFETY: the block has the length that is passed; no context.
            unsafe SSL_export_keying_material(
                self.ssl, block.baseAddress?.assumingMemoryBound(to: UInt8.self), block.count, label, label.utf8.count,
                nil, 0, 0) == 1
        }
    }

    // MARK: Records

    /// Whether the handshake message with this number was handed over.
    func hasTaken(_ sequence: UInt16) -> Bool { self.taken.contains(sequence) }

    /// Appends `message` to `datagram` as a plaintext record of its own. The records are numbered here: a number of the
    /// network, which nobody vouches for, could push BoringSSL's window beyond everything that follows.
    func append(_ message: HandshakeMessage, to datagram: inout [UInt8]) {
        self.taken.insert(message.sequence)
        self.appendRecord(type: HandshakeGate.handshake, message.encoded, to: &datagram)
    }

    /// Appends a ChangeCipherSpec record.
    func appendCipherChange(to datagram: inout [UInt8]) {
        self.appendRecord(type: HandshakeGate.cipherChange, [1], to: &datagram)
    }

    private func appendRecord(type: UInt8, _ body: [UInt8], to datagram: inout [UInt8]) {
        datagram += [type, 0xFE, 0xFD, 0, 0]
        for shift in stride(from: 40, through: 0, by: -8) {
            datagram.append(UInt8(truncatingIfNeeded: self.nextRecord >> UInt64(shift)))
        }
        datagram += [UInt8(truncatingIfNeeded: body.count >> 8), UInt8(truncatingIfNeeded: body.count)]
        datagram += body
        self.nextRecord += 1
    }
}

// One turn of BoringSSL.
extension DTLSTry {
    private func run(now: Int64, _ body: (OpaquePointer) -> Outcome) -> Outcome {
        guard !self.hasEnded else { return .waiting }
        ERR_clear_error()
        let outcome = DTLSClock.at(now) { unsafe body(self.ssl) }
        ERR_clear_error()
        self.readDeadline(now: now)
        return outcome
    }

    /// Feeds what is in the port: to the handshake, and once that is done to `SSL_read`, which answers lost
    /// acknowledgements, post-handshake messages and close_notify.
    private static func advance(_ ssl: OpaquePointer) -> Outcome {
        if unsafe SSL_in_init(ssl) == 1 {
            let result = unsafe SSL_do_handshake(ssl)
            if result != 1 { return unsafe Self.outcome(ssl, result) }
        }
        return unsafe withUnsafeTemporaryAllocation(byteCount: DTLSAssociation.maximumDatagram, alignment: 16) {
            discarded in
            for _ in 0..<Self.maximumReads {
                let result = unsafe SSL_read(ssl, discarded.baseAddress, Int32(discarded.count))
                if result <= 0 {
                    let outcome = unsafe Self.outcome(ssl, result)
                    return outcome == .waiting ? .finished : outcome
                }
            }
            return .finished
        }
    }

    private static func outcome(_ ssl: OpaquePointer, _ result: Int32) -> Outcome {
        switch unsafe SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE, SSL_ERROR_NONE: .waiting
        case SSL_ERROR_ZERO_RETURN: .closedByPeer
        default: .failed
        }
    }

    private func readDeadline(now: Int64) {
        self.deadline = nil
        DTLSClock.at(now) {
            var remaining = timeval()
            guard unsafe DTLSv1_get_timeout(self.ssl, &remaining) == 1 else { return }
            self.deadline = now + Int64(remaining.tv_sec) * 1_000_000_000 + Int64(remaining.tv_usec) * 1_000
        }
    }

    private static func makeSSL(
        _ role: DTLSAssociation.Role, _ terms: DTLSTerms, _ identity: Identity, _ port: DatagramPort,
        _ peer: PeerCertificate, now: Int64
    ) -> OpaquePointer? {
        unsafe DTLSClock.at(now) {
            guard let ssl = unsafe identity.context.makeSSL() else { return nil }
            guard let bio = unsafe DatagramPort.makeBIO(over: port) else {
                unsafe SSL_free(ssl)
                return nil
            }
            // Takes the BIO over, for both directions.
            unsafe SSL_set_bio(ssl, bio, bio)
            unsafe peer.attach(to: ssl)
            unsafe SSL_set_shed_handshake_config(ssl, 1)
            unsafe SSL_set_mtu(ssl, UInt32(DatagramPort.maximumDatagram))
            unsafe DTLSv1_set_initial_timeout_duration(ssl, Self.firstTimeoutMilliseconds)
            guard unsafe terms.apply(to: ssl) else {
                unsafe SSL_free(ssl)
                return nil
            }
            switch role {
            case .server: unsafe SSL_set_accept_state(ssl)
            case .client: unsafe SSL_set_connect_state(ssl)
            }
            return unsafe ssl
        }
    }
}
