internal import Crypto
internal import Foundation

/// The public key of a passkey: a COSE key (RFC 9052 §7) for Ed25519 or ES256, with exactly the members it must have.
enum CredentialKey {
    case ed25519(Curve25519.Signing.PublicKey)
    case es256(P256.Signing.PublicKey)

    /// Parameters of RFC 9053: key type 1, algorithm 3, curve -1, x -2, y -3.
    init(_ value: CBOR) throws(PasskeyFailure) {
        guard case .map(let pairs) = value else { throw .unsupported }
        var members: [Int: CBOR] = [:]
        for pair in pairs {
            guard let name = pair.key.number else { throw .unsupported }
            members[name] = pair.value
        }
        let numbers = [1, 3, -1].map { members[$0]?.number }
        switch (numbers, members.count) {
        case ([1, -8, 6], 4):
            guard case .bytes(let x)? = members[-2], let key = try? Curve25519.Signing.PublicKey(rawRepresentation: x)
            else { throw .unsupported }
            self = .ed25519(key)
        case ([2, -7, 1], 5):
            // It refuses a point that is not on the curve.
            guard case .bytes(let x)? = members[-2], case .bytes(let y)? = members[-3], x.count == 32, y.count == 32,
                let key = try? P256.Signing.PublicKey(x963Representation: [4] + x + y)
            else { throw .unsupported }
            self = .es256(key)
        default: throw .unsupported
        }
    }

    /// A key that is kept as its bytes.
    init(kept bytes: [UInt8]) throws(PasskeyFailure) {
        var reader = CBORReader(bytes)
        guard let value = try? reader.value(), reader.isAtEnd else { throw .unsupported }
        try self.init(value)
    }

    func holds(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        switch self {
        case .ed25519(let key): return key.isValidSignature(signature, for: message)
        case .es256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: message)
        }
    }
}
