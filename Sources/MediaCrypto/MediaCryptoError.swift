/// Why key material could not be made. None of these is caused by bytes from the network: a peer's bytes only ever move
/// the state of a `DTLSAssociation`.
package enum MediaCryptoError: Error, Equatable {
    /// BoringSSL could not allocate or generate; the process is out of memory or of randomness.
    case outOfResources
    /// A fingerprint, key or salt has a length its algorithm does not know.
    case wrongLength
}
