extension STUNMessage {
    /// The attributes we understand. REALM, NONCE, UNKNOWN-ATTRIBUTES, MAPPED-ADDRESS and SOFTWARE are known so that
    /// they are no reason for an error 420; their content is not read.
    enum Attribute: UInt16 {
        case mappedAddress = 0x0001
        case username = 0x0006
        case messageIntegrity = 0x0008
        case errorCode = 0x0009
        case unknownAttributes = 0x000A
        case realm = 0x0014
        case nonce = 0x0015
        case xorMappedAddress = 0x0020
        case priority = 0x0024
        case useCandidate = 0x0025
        case software = 0x8022
        case fingerprint = 0x8028
        case iceControlled = 0x8029
        case iceControlling = 0x802A

        /// USERNAME has fewer than 509 bytes (RFC 8489 §14.3); an ERROR-CODE's phrase fewer than 763 (§14.8).
        func allows(length: Int) -> Bool {
            switch self {
            case .username: (1...512).contains(length)
            case .messageIntegrity: length == 20
            case .errorCode: (4...767).contains(length)
            case .xorMappedAddress: length == 8 || length == 20
            case .priority, .fingerprint: length == 4
            case .useCandidate: length == 0
            case .iceControlled, .iceControlling: length == 8
            case .mappedAddress, .unknownAttributes, .realm, .nonce, .software: true
            }
        }
    }
}
