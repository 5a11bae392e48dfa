internal import MediaCrypto

/// Seals one kind of packet in one direction.
enum SRTPSealing: ~Copyable {
    case gcm(GCMSealing)
    case counter(CounterProtection)

    init(_ profile: SRTPProfile, _ keys: borrowing SRTPSessionKeys.Kind) throws(MediaCryptoError) {
        switch profile {
        case .aeadAES128GCM: self = .gcm(try GCMSealing(keys))
        case .aes128CMSHA1: self = .counter(try CounterProtection(keys))
        }
    }
}

/// Opens one kind of packet in one direction.
enum SRTPOpening: ~Copyable {
    case gcm(GCMOpening)
    case counter(CounterProtection)

    init(_ profile: SRTPProfile, _ keys: borrowing SRTPSessionKeys.Kind) throws(MediaCryptoError) {
        switch profile {
        case .aeadAES128GCM: self = .gcm(try GCMOpening(keys))
        case .aes128CMSHA1: self = .counter(try CounterProtection(keys))
        }
    }
}
