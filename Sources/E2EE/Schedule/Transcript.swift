/// The transcript hashes (RFC 9420 §8.2): the confirmed one covers every Commit, the interim one its confirmation too.
struct Transcript<Crypto: CryptoProvider>: Sendable {
    let crypto: SuiteCrypto<Crypto>

    func confirmed(after interim: [UInt8], _ commit: AuthenticatedContent) -> [UInt8] {
        let input = ConfirmedTranscriptHashInput(
            wireFormat: commit.wireFormat, content: commit.content, signature: commit.auth.signature)
        return self.crypto.hash(interim + input.encoded)
    }

    func interim(after confirmed: [UInt8], tag: [UInt8]) -> [UInt8] {
        self.crypto.hash(confirmed + InterimTranscriptHashInput(confirmationTag: tag).encoded)
    }
}
