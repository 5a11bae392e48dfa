/// Seals a file piece by piece into the object that a server keeps (`e2ee.md` 8, Files). Head first, then a chunk for
/// each piece; neither the file nor the object is ever held as a whole.
package struct FileSealer<Crypto: CryptoProvider>: Sendable {
    /// What comes out, and how much of it.
    package let layout: FileLayout
    /// The first bytes of the object.
    package let head: [UInt8]
    private let keys: FileKeys
    private let crypto: Crypto
    private var next: UInt32 = 0
    private var hash = StreamingSHA256()

    /// A sealer for a file of `size` bytes. The key, 32 bytes, is this file's alone.
    package init(key: borrowing Secret, size: UInt64, _ crypto: Crypto) throws(FileFault) {
        let salt: [UInt8]
        do throws(E2EEError) { salt = try crypto.randomBytes(FileLayout.fieldByteCount) } catch { throw .primitive }
        try self.init(key: key, size: size, salt: salt, crypto)
    }

    /// The same with a salt that is given, for known answers.
    package init(key: borrowing Secret, size: UInt64, salt: [UInt8], _ crypto: Crypto) throws(FileFault) {
        guard key.count == 32, salt.count == FileLayout.fieldByteCount else { throw .length }
        let keys = FileKeys(key: key, salt: salt, crypto)
        let head = FileLayout.mark + salt + keys.commitment
        self.layout = try FileLayout(size: size)
        self.keys = keys
        self.head = head
        self.crypto = crypto
        self.hash.update(head.span)
    }

    /// All chunks are made.
    package var isComplete: Bool { self.next == self.layout.chunkCount }

    /// How many bytes of the file the next chunk takes. It is 0 where only padding is left, and then still a chunk.
    package var wanted: Int { self.isComplete ? 0 : self.layout.contentByteCount(of: self.next) }

    /// The next chunk of the object, for the next `wanted` bytes of the file.
    package mutating func seal(_ content: Span<UInt8>) throws(FileFault) -> [UInt8] {
        guard !self.isComplete else { throw .position }
        guard content.count == self.wanted else { throw .length }
        var plaintext = content.copied()
        let padding = self.layout.plaintextByteCount(of: self.next) - plaintext.count
        plaintext += [UInt8](repeating: 0, count: padding)
        let nonce = self.keys.nonce(of: self.next, isLast: self.layout.isLast(self.next))
        let chunk: [UInt8]
        do throws(E2EEError) {
            chunk = try self.keys.seal(plaintext.span, nonce, head: self.head, self.crypto)
        } catch {
            throw .primitive
        }
        self.hash.update(chunk.span)
        self.next += 1
        return chunk
    }

    /// SHA-256 of the whole object, for the reference.
    package func objectHash() throws(FileFault) -> [UInt8] {
        guard self.isComplete else { throw .incomplete }
        return self.hash.digest
    }
}
