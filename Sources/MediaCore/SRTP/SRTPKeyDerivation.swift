package import MediaCrypto

/// The session keys of one direction (RFC 3711 §4.3, key derivation rate 0): AES-CM keystream of the master key, started
/// at the master salt with a label in it. GCM uses the same function with its shorter salt (RFC 7714 §11).
package struct SRTPKeyDerivation: ~Copyable {
    /// What a key is for. RTP and RTCP never share one.
    package enum Label: UInt8 {
        /// Encrypts RTP.
        case rtpKey = 0
        /// Proves RTP where the cipher does not.
        case rtpAuthentication = 1
        /// Starts the keystream of RTP.
        case rtpSalt = 2
        /// Encrypts RTCP.
        case rtcpKey = 3
        /// Proves RTCP where the cipher does not.
        case rtcpAuthentication = 4
        /// Starts the keystream of RTCP.
        case rtcpSalt = 5
    }

    private let key: CounterKey
    private let salt: InitialValue

    /// A master key of 16 bytes and a salt of at most 14.
    package init(masterKey: RawSpan, masterSalt: RawSpan) throws(MediaCryptoError) {
        self.key = try CounterKey(key: masterKey)
        self.salt = InitialValue(salt: masterSalt)
    }

    /// `count` bytes for `label`.
    package borrowing func derive(_ label: Label, count: Int) -> Secret {
        let start = self.salt.labelled(label.rawValue)
        return unsafe Secret(count: count) { out in
            guard let target = out.baseAddress else { return }
            unsafe start.withBytes { counter in
                guard let counter = counter.baseAddress else { return }
                // SAFETY: keystream XOR the zeros that are there, in place.
                unsafe self.key.apply(UnsafeRawBufferPointer(out), counter: counter, into: target)
            }
        }
    }
}
