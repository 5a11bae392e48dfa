import E2EE

/// A file sealed with a known key and salt, in its parts.
struct SealedFile {
    static let key = counting(from: 0, 32)
    static let salt = counting(from: 0x20, 32)

    let layout: FileLayout
    let head: [UInt8]
    let chunks: [[UInt8]]
    let hash: [UInt8]

    var object: [UInt8] { self.head + self.chunks.flatMap { $0 } }

    init(_ content: [UInt8]) throws {
        let secret = Secret(copying: Self.key.span)
        var sealer = try FileSealer(key: secret, size: UInt64(content.count), salt: Self.salt, native)
        var chunks: [[UInt8]] = []
        var rest = content[...]
        while !sealer.isComplete {
            let piece = Array(rest.prefix(sealer.wanted))
            rest = rest.dropFirst(piece.count)
            chunks.append(try sealer.seal(piece.span))
        }
        self.layout = sealer.layout
        self.head = sealer.head
        self.chunks = chunks
        self.hash = try sealer.objectHash()
    }

    /// Both passes; without a hash with the one that an author would have named for these parts.
    static func open(_ parts: [[UInt8]], size: UInt64, hash: [UInt8]? = nil) throws -> [UInt8] {
        let file = try Self.survey(parts, size: size, hash: hash)
        let opener = try FileOpener(file, key: Secret(copying: Self.key.span), native)
        var content: [UInt8] = []
        for (index, part) in parts.dropFirst().enumerated() { content += try opener.open(part.span, at: UInt32(index)) }
        return content
    }

    static func survey(_ parts: [[UInt8]], size: UInt64, hash: [UInt8]? = nil) throws -> SurveyedFile {
        var survey = try FileSurvey(size: size)
        for part in parts { try survey.take(part.span, native) }
        return try survey.finish(hash: hash ?? Self.digest(parts.flatMap { $0 }))
    }

    static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var out = digest.mutableSpan
        native.hash(.sha256, bytes.span, &out)
        return digest
    }
}
