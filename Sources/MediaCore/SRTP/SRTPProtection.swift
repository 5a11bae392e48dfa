internal import MediaCrypto

/// The keys of one direction of one kind of packet, for sealing.
enum SRTPSealing: ~Copyable {
    case gcm(GCMSealing)
    case counter(CounterProtection)
}

/// The keys of one direction of one kind of packet, for opening.
enum SRTPOpening: ~Copyable {
    case gcm(GCMOpening)
    case counter(CounterProtection)
}

/// RTP or RTCP: which labels its keys are derived with.
enum SRTPKind {
    case rtp, rtcp

    var labels: (key: SRTPKeyDerivation.Label, proof: SRTPKeyDerivation.Label, salt: SRTPKeyDerivation.Label) {
        switch self {
        case .rtp: (.rtpKey, .rtpAuthentication, .rtpSalt)
        case .rtcp: (.rtcpKey, .rtcpAuthentication, .rtcpSalt)
        }
    }
}

extension SRTPKeyDerivation {
    /// Keys to seal with.
    borrowing func sealing(_ profile: SRTPProfile, _ kind: SRTPKind) throws(MediaCryptoError) -> SRTPSealing {
        switch profile {
        case .aeadAES128GCM:
            let key = self.derive(kind.labels.key, count: SRTPProfile.keyLength)
            let salt = self.derive(kind.labels.salt, count: profile.saltLength)
            return .gcm(try GCMSealing(key: key.bytes, salt: salt.bytes))
        case .aes128CMSHA1: return .counter(try self.counter(profile, kind))
        }
    }

    /// Keys to open with.
    borrowing func opening(_ profile: SRTPProfile, _ kind: SRTPKind) throws(MediaCryptoError) -> SRTPOpening {
        switch profile {
        case .aeadAES128GCM:
            let key = self.derive(kind.labels.key, count: SRTPProfile.keyLength)
            let salt = self.derive(kind.labels.salt, count: profile.saltLength)
            return .gcm(try GCMOpening(key: key.bytes, salt: salt.bytes))
        case .aes128CMSHA1: return .counter(try self.counter(profile, kind))
        }
    }

    private borrowing func counter(
        _ profile: SRTPProfile, _ kind: SRTPKind
    ) throws(MediaCryptoError) -> CounterProtection {
        let key = self.derive(kind.labels.key, count: SRTPProfile.keyLength)
        let proof = self.derive(kind.labels.proof, count: HMACSHA1.tagLength)
        let salt = self.derive(kind.labels.salt, count: profile.saltLength)
        return try CounterProtection(key: key.bytes, authentication: proof.bytes, salt: salt.bytes)
    }
}
