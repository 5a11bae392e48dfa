internal import Wire

/// The second pass: opens chunks of a surveyed object, in any order, each only if it is the one that was hashed.
package struct FileOpener<Crypto: CryptoProvider>: Sendable {
    private let file: SurveyedFile
    private let keys: FileKeys
    private let crypto: Crypto

    /// Looks at the head; nothing is opened before its commitment is this key's.
    package init(_ file: SurveyedFile, key: borrowing Secret, _ crypto: Crypto) throws(FileFault) {
        guard key.count == 32 else { throw .length }
        let (mark, field) = (FileLayout.mark, FileLayout.fieldByteCount)
        guard file.head.count == FileLayout.headByteCount, Array(file.head.prefix(mark.count)) == mark else {
            throw .head
        }
        let salt = Array(file.head.dropFirst(mark.count).prefix(field))
        self.keys = FileKeys(key: key, salt: salt, crypto)
        guard equalInConstantTime(self.keys.commitment, Array(file.head.suffix(field))) else { throw .commitment }
        self.file = file
        self.crypto = crypto
    }

    /// The bytes of the file in a chunk; none where it is padding only.
    package func open(_ sealed: Span<UInt8>, at chunk: UInt32) throws(FileFault) -> [UInt8] {
        let layout = self.file.layout
        guard chunk < layout.chunkCount else { throw .position }
        guard sealed.count == layout.sealedByteCount(of: chunk) else { throw .length }
        guard FileSurvey.digest(sealed, self.crypto) == self.file.hash(of: chunk) else { throw .altered }
        let nonce = self.keys.nonce(of: chunk, isLast: layout.isLast(chunk))
        var plaintext: [UInt8]
        do throws(E2EEError) {
            plaintext = try self.keys.open(sealed, nonce, head: self.file.head, self.crypto)
        } catch {
            throw .unopened
        }
        let end = layout.contentByteCount(of: chunk)
        guard plaintext.count == layout.plaintextByteCount(of: chunk) else { throw .length }
        guard plaintext[end...].allSatisfy({ $0 == 0 }) else { throw .padding }
        plaintext.removeSubrange(end...)
        return plaintext
    }
}
