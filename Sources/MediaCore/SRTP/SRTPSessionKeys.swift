package import MediaCrypto

/// What packets of one side are sealed and opened with: a set of keys for RTP and another for RTCP, derived from one
/// master key. They live only until the contexts are made of them.
package struct SRTPSessionKeys: ~Copyable {
    /// The keys of one kind of packet.
    package struct Kind: ~Copyable {
        let key: Secret
        /// Empty where the cipher proves by itself.
        let proof: Secret
        let salt: Secret

        /// Keys from outside a derivation: published vectors start here.
        package init(key: consuming Secret, proof: consuming Secret, salt: consuming Secret) {
            self.key = key
            self.proof = proof
            self.salt = salt
        }
    }

    /// The profile the keys are for.
    package let profile: SRTPProfile
    let rtp: Kind
    let rtcp: Kind

    /// Keys from outside a derivation.
    package init(profile: SRTPProfile, rtp: consuming Kind, rtcp: consuming Kind) {
        self.profile = profile
        self.rtp = rtp
        self.rtcp = rtcp
    }

    /// Derives the keys of one side.
    package init(_ block: borrowing SRTPKeyBlock, side: SRTPKeyBlock.Side) throws(MediaCryptoError) {
        let profile = block.profile
        var derivation: SRTPKeyDerivation?
        block.withKeys(of: side) { key, salt in
            // A block has the lengths of its profile, so the only failure is the one thrown below.
            derivation = try? SRTPKeyDerivation(masterKey: key, masterSalt: salt)
        }
        guard let derivation else { throw .wrongLength }
        let proofLength =
            switch profile {
            case .aeadAES128GCM: 0
            case .aes128CMSHA1: HMACSHA1.tagLength
            }
        self.init(
            profile: profile,
            rtp: Kind(
                key: derivation.derive(.rtpKey, count: SRTPProfile.keyLength),
                proof: derivation.derive(.rtpAuthentication, count: proofLength),
                salt: derivation.derive(.rtpSalt, count: profile.saltLength)),
            rtcp: Kind(
                key: derivation.derive(.rtcpKey, count: SRTPProfile.keyLength),
                proof: derivation.derive(.rtcpAuthentication, count: proofLength),
                salt: derivation.derive(.rtcpSalt, count: profile.saltLength)))
    }
}
