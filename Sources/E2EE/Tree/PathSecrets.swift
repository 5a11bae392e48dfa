/// The chain of path secrets (RFC 9420 §7.4): each gives the key pair of a node and the next secret above it.
struct PathSecrets<Crypto: CryptoProvider>: Sendable {
    let crypto: SuiteCrypto<Crypto>

    /// The key pair of the node with this path secret.
    func keyPair(_ pathSecret: borrowing Secret) throws(E2EEError) -> SecretPair {
        try self.crypto.kem.deriveKeyPair(self.crypto.derive(pathSecret, asciiBytes("node")))
    }

    /// The path secret of the next node; above the last one it is the commit secret.
    func next(_ pathSecret: borrowing Secret) -> Secret { self.crypto.derive(pathSecret, asciiBytes("path")) }
}
