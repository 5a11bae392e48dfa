/// The first of two passes over a stored object: its shape, and its hash against the one in the reference. Every member
/// knows the key of a file, so tags alone do not stop one who works together with the server; what was hashed does.
package struct FileSurvey: Sendable {
    private let layout: FileLayout
    private var head: [UInt8] = []
    private var hashes: [UInt8] = []
    private var next: UInt32 = 0
    private var hash = StreamingSHA256()

    /// A survey of the object of a file of `size` bytes.
    package init(size: UInt64) throws(FileFault) {
        self.layout = try FileLayout(size: size)
    }

    /// Everything was taken.
    package var isComplete: Bool { !self.head.isEmpty && self.next == self.layout.chunkCount }

    /// How many bytes the next part has: the head's, then those of one chunk at a time; 0 when there is no more.
    package var wanted: Int {
        if self.head.isEmpty { return FileLayout.headByteCount }
        return self.isComplete ? 0 : self.layout.sealedByteCount(of: self.next)
    }

    /// Takes the next part.
    package mutating func take(_ part: Span<UInt8>, _ crypto: some CryptoProvider) throws(FileFault) {
        guard !self.isComplete else { throw .position }
        guard part.count == self.wanted else { throw .length }
        self.hash.update(part)
        guard !self.head.isEmpty else {
            self.head = part.copied()
            return
        }
        self.hashes += Self.digest(part, crypto)
        self.next += 1
    }

    /// What may be opened now, if its hash is the one in the reference.
    package func finish(hash: [UInt8]) throws(FileFault) -> SurveyedFile {
        guard self.isComplete else { throw .incomplete }
        guard self.hash.digest == hash else { throw .altered }
        return SurveyedFile(layout: self.layout, head: self.head, hashes: self.hashes)
    }

    static func digest(_ chunk: Span<UInt8>, _ crypto: some CryptoProvider) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: HashFunction.sha256.byteCount)
        var out = digest.mutableSpan
        crypto.hash(.sha256, chunk, &out)
        return digest
    }
}

/// An object that is the one in its reference. Only a survey makes one.
package struct SurveyedFile: Sendable {
    /// Where everything stands.
    package let layout: FileLayout
    let head: [UInt8]
    /// SHA-256 of every chunk, one after the other: the second pass fetches the object anew.
    private let hashes: [UInt8]

    fileprivate init(layout: FileLayout, head: [UInt8], hashes: [UInt8]) {
        self.layout = layout
        self.head = head
        self.hashes = hashes
    }

    /// The hash of a chunk that there is.
    func hash(of chunk: UInt32) -> [UInt8] {
        let byteCount = HashFunction.sha256.byteCount
        return Array(self.hashes[Int(chunk) * byteCount..<(Int(chunk) + 1) * byteCount])
    }
}
