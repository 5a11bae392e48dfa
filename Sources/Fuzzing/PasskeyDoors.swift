import Meeting

/// What the server reads of somebody's passkey; the rules stand in `Meeting.PasskeyFuzz`.
enum PasskeyDoors {
    static func attestation(_ bytes: [UInt8]) { PasskeyFuzz.attestation(bytes) }
    static func assertion(_ bytes: [UInt8]) { PasskeyFuzz.assertion(bytes) }
}
