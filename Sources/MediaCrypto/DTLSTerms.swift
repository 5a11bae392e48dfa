internal import CNIOBoringSSL

/// What one side of an association agrees to. Everybody uses `.house`; other terms exist so that a test can be the peer
/// that has no better.
package struct DTLSTerms: Sendable {
    /// The newest version of DTLS.
    package enum Version: Sendable {
        /// 1.2, the oldest we take.
        case dtls12
        /// 1.3, or 1.2 if the peer has no better.
        case dtls13
    }

    /// Whether our certificate is shown to the peer.
    package enum Certificate: Sendable {
        /// Always, as WebRTC demands.
        case shown
        /// Never; a peer of ours refuses that.
        case withheld
    }

    /// The number of DTLS 1.2 on the wire.
    static let version12 = UInt16(DTLS1_2_VERSION)

    /// A group of the key exchange.
    package enum Group: Sendable {
        /// The hybrid we prefer.
        case x25519MLKEM768
        /// One we do not take.
        case p384

        fileprivate var number: UInt16 {
            switch self {
            case .x25519MLKEM768: UInt16(SSL_GROUP_X25519_MLKEM768)
            case .p384: UInt16(SSL_GROUP_SECP384R1)
            }
        }
    }

    /// The newest version of DTLS.
    package var newest = Version.dtls13
    /// Profiles in order of preference.
    package var profiles: [SRTPProfile] = [.aeadAES128GCM, .aes128CMSHA1]
    /// Whether our certificate is shown to the peer.
    package var certificate = Certificate.shown

    /// Groups in order of preference; empty = those of every association.
    package var groups: [Group] = []

    /// DTLS 1.3 with 1.2 as fallback, GCM with SHA1_80 as fallback (`media.md` 2.1).
    package static let house = DTLSTerms()

    /// Sets what differs from the shared context.
    // SAFETY: the association owns `ssl` and keeps it alive during the call; BoringSSL copies the list of names.
    func apply(to ssl: OpaquePointer) -> Bool {
        if self.newest == .dtls12, unsafe SSL_set_max_proto_version(ssl, UInt16(DTLS1_2_VERSION)) != 1 { return false }
        if self.certificate == .withheld { unsafe SSL_certs_clear(ssl) }
        let groups = self.groups.map(\.number)
        if !groups.isEmpty, unsafe SSL_set1_group_ids(ssl, groups, groups.count) != 1 { return false }
        // Answers 1 on success; other libraries answer 0. A BoringSSL server takes the first of its own list that the
        // client offers.
        return unsafe SSL_set_srtp_profiles(ssl, self.profiles.map(\.name).joined(separator: ":")) == 1
    }
}
