/// A secret and the bytes that belong to it and may be seen: a private key with its public key, or a shared secret with
/// its encapsulation. Tuples cannot hold noncopyable values.
public struct SecretPair: ~Copyable, Sendable {
    /// The private key, or the shared secret.
    public var secret: Secret
    /// The public key, or the encapsulation.
    public var bytes: [UInt8]

    /// A pair.
    public init(secret: consuming Secret, bytes: [UInt8]) {
        self.secret = secret
        self.bytes = bytes
    }
}
