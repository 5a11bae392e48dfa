internal import Wire

/// Stored files as they come from a server, as a function for a fuzzer: it takes anything and never traps. A round trip that
/// does not hold traps on purpose.
public enum FileFuzz {
    /// Everybody in a meeting knows the key of a file; so does whoever writes these objects.
    private static var key: HeldSecret {
        HeldSecret(
            Secret(count: 32) { (out: inout MutableSpan<UInt8>) in
                for index in out.indices { out[index] = UInt8(index) }
            })
    }

    private static var salt: [UInt8] { (0x20..<0x40).map { UInt8($0) } }
    /// Two chunks and a little.
    private static var contentMax: Int { 2 * FileLayout.chunkByteCount + 100 }
    /// Bytes of the shortest object's plaintext.
    private static var paddedMin: Int { 4_096 }

    /// The first byte says what follows: a size[8] and an object that is said to be a file of so many bytes; a count[3] and
    /// what a file of so many bytes repeats; or a size in sixteens[1] and what is sealed, whatever stands behind that size.
    public static func file<Crypto: CryptoProvider>(_ bytes: Span<UInt8>, _ crypto: Crypto) {
        guard let first = bytes.isEmpty ? nil : bytes[0] else { return }
        let rest = bytes.extracting(1..<bytes.count).copied()
        switch first % 3 {
        case 0: self.object(rest, crypto)
        case 1: self.roundTrip(rest, crypto)
        default: self.padding(rest, crypto)
        }
    }

    private static func object<Crypto: CryptoProvider>(_ bytes: [UInt8], _ crypto: Crypto) {
        guard let size = bytes.rawSpan.u64(0) else { return }
        let object = Array(bytes.dropFirst(8))
        guard let content = try? self.open(object, size: size, crypto) else { return }
        precondition(UInt64(content.count) == size, "a file has its size")
        let head = FileLayout.mark.count
        let salt = Array(object[head..<head + FileLayout.fieldByteCount])
        let again = try? self.seal(content, salt: salt, crypto)
        precondition(again == object, "one spelling only")
    }

    private static func roundTrip<Crypto: CryptoProvider>(_ bytes: [UInt8], _ crypto: Crypto) {
        guard bytes.count > 3 else { return }
        let count = (Int(bytes[0]) << 16 | Int(bytes[1]) << 8 | Int(bytes[2])) % self.contentMax
        let content = (0..<count).map { bytes[3 + $0 % (bytes.count - 3)] }
        let object = try? self.seal(content, salt: self.salt, crypto)
        let opened = object.flatMap { try? self.open($0, size: UInt64(count), crypto) }
        precondition(opened == content, "what is sealed opens")
    }

    private static func padding<Crypto: CryptoProvider>(_ bytes: [UInt8], _ crypto: Crypto) {
        guard let first = bytes.first else { return }
        let size = Int(first) * 16
        var plaintext = Array(bytes.dropFirst().prefix(self.paddedMin))
        plaintext += [UInt8](repeating: 0, count: self.paddedMin - plaintext.count)
        let keys = FileKeys(key: self.key.secret, salt: self.salt, crypto)
        let head = FileLayout.mark + self.salt + keys.commitment
        let chunk = try? keys.seal(plaintext.span, keys.nonce(of: 0, isLast: true), head: head, crypto)
        let opened = chunk.flatMap { try? self.open(head + $0, size: UInt64(size), crypto) }
        let isClean = plaintext[size...].allSatisfy { $0 == 0 }
        precondition(opened == (isClean ? Array(plaintext[..<size]) : nil), "behind the end of a file are zeros")
    }

    /// Both passes, under the hash that whoever made the object would have named.
    private static func open<Crypto: CryptoProvider>(
        _ object: [UInt8], size: UInt64, _ crypto: Crypto
    ) throws(FileFault) -> [UInt8] {
        var survey = try FileSurvey(size: size)
        var parts: [Range<Int>] = []
        var at = 0
        while !survey.isComplete {
            let end = at + survey.wanted
            guard end <= object.count else { throw .incomplete }
            try survey.take(object.span.extracting(at..<end), crypto)
            parts.append(at..<end)
            at = end
        }
        guard at == object.count else { throw .length }
        let file = try survey.finish(hash: FileSurvey.digest(object.span, crypto))
        let opener = try FileOpener(file, key: self.key.secret, crypto)
        var content: [UInt8] = []
        for (index, part) in parts.dropFirst().enumerated() {
            content += try opener.open(object.span.extracting(part), at: UInt32(truncatingIfNeeded: index))
        }
        return content
    }

    private static func seal<Crypto: CryptoProvider>(
        _ content: [UInt8], salt: [UInt8], _ crypto: Crypto
    ) throws(FileFault) -> [UInt8] {
        var sealer = try FileSealer(key: self.key.secret, size: UInt64(content.count), salt: salt, crypto)
        var object = sealer.head
        var at = 0
        while !sealer.isComplete {
            let end = at + sealer.wanted
            object += try sealer.seal(content.span.extracting(at..<end))
            at = end
        }
        return object
    }
}
