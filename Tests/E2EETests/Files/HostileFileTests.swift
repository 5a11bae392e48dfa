import BeraadTesting
import E2EE
import Testing

@Suite("Objects that are not the file", .promise("P-093"))
struct HostileFileTests {
    private static let chunk = FileLayout.chunkByteCount

    private static func content(_ count: Int, first: UInt8 = 1) -> [UInt8] {
        (0..<count).map { first &+ 3 &* UInt8(truncatingIfNeeded: $0) }
    }

    private func refused(
        _ parts: [[UInt8]], size: Int, hash: [UInt8]? = nil, as fault: FileFault,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: fault, sourceLocation: location) {
            _ = try SealedFile.open(parts, size: UInt64(size), hash: hash)
        }
    }

    @Test("chunks that were swapped, left out, said twice or cut short do not open, whoever hashed them")
    func order() throws {
        let content = Self.content(3 * Self.chunk + 10)
        let file = try SealedFile(content)
        let (head, one, two, three, four) = (
            file.head, file.chunks[0], file.chunks[1], file.chunks[2], file.chunks[3]
        )
        let size = content.count
        #expect(try SealedFile.open([head, one, two, three, four], size: UInt64(size)) == content)
        self.refused([head, two, one, three, four], size: size, as: .unopened)
        self.refused([head, one, one, three, four], size: size, as: .unopened)
        self.refused([head, one, two, three], size: size, as: .incomplete)
        self.refused([head, one, two, four], size: size, as: .length)
        self.refused([head, one, two, three, four, four], size: size, as: .position)
        self.refused([head, one, two, Array(three.dropLast()), four], size: size, as: .length)
        self.refused([head, one, two, three, Array(four.dropLast())], size: size, as: .length)
        self.refused([], size: size, as: .incomplete)
    }

    @Test("one bit changed in any part of a chunk, and it does not open")
    func flipped() throws {
        let file = try SealedFile(Self.content(200))
        let chunk = file.chunks[0]
        for at in stride(from: 0, to: chunk.count, by: 97) + [chunk.count - 1] {
            var changed = chunk
            changed[at] ^= 1
            self.refused([file.head, changed], size: 200, as: .unopened)
        }
    }

    @Test("a chunk is the last one only where it says so")
    func last() throws {
        // The last chunk of one file stands where a longer one goes on, and the other way round.
        let short = try SealedFile(Self.content(Self.chunk))
        let long = try SealedFile(Self.content(2 * Self.chunk))
        #expect(short.head == long.head)
        self.refused([long.head, short.chunks[0], long.chunks[1]], size: 2 * Self.chunk, as: .unopened)
        self.refused([long.head, long.chunks[0]], size: Self.chunk, as: .unopened)
    }

    @Test("what was not hashed is not opened, and another hash opens nothing")
    func hashed() throws {
        let content = Self.content(2 * Self.chunk)
        let file = try SealedFile(content)
        let parts = [file.head] + file.chunks
        self.refused(parts, size: content.count, hash: counting(from: 0, 32), as: .altered)
        self.refused(parts, size: content.count, hash: [], as: .altered)
        let opener = try FileOpener(
            SealedFile.survey(parts, size: UInt64(content.count), hash: file.hash),
            key: Secret(copying: SealedFile.key.span), native)
        // Between the passes the server hands out something else, sealed with the right key.
        let other = try SealedFile(Self.content(2 * Self.chunk, first: 2))
        func open(_ chunk: [UInt8], at number: UInt32) throws -> [UInt8] { try opener.open(chunk.span, at: number) }
        let second = file.chunks[1]
        #expect(throws: FileFault.altered) { try open(other.chunks[0], at: 0) }
        #expect(throws: FileFault.altered) { try open(second, at: 0) }
        #expect(throws: FileFault.position) { try open(second, at: 2) }
        #expect(throws: FileFault.position) { try open(second, at: .max) }
        #expect(throws: FileFault.length) { try open(Array(second.dropFirst()), at: 1) }
        #expect(try open(second, at: 1) == Array(content[Self.chunk...]))
    }

    @Test("a head of another format or key opens nothing")
    func head() throws {
        let file = try SealedFile(Self.content(10))
        for at in file.head.indices {
            var head = file.head
            head[at] ^= 1
            self.refused([head, file.chunks[0]], size: 10, as: at < 8 ? .head : .commitment)
        }
        let surveyed = try SealedFile.survey([file.head, file.chunks[0]], size: 10)
        #expect(throws: FileFault.commitment) {
            _ = try FileOpener(surveyed, key: Secret(copying: counting(from: 1, 32).span), native)
        }
        #expect(throws: FileFault.length) {
            _ = try FileOpener(surveyed, key: Secret(copying: counting(from: 0, 31).span), native)
        }
    }

    @Test("behind the end of the file stand zeros, and a size that is not the file's is refused")
    func padding() throws {
        let file = try SealedFile([UInt8](repeating: 1, count: 4_096))
        let parts = [file.head] + file.chunks
        #expect(try SealedFile.open(parts, size: 4_096).count == 4_096)
        self.refused(parts, size: 4_095, as: .padding)
        self.refused(parts, size: 0, as: .padding)
        self.refused(parts, size: 4_097, as: .length)
        self.refused(parts, size: 2 * Self.chunk, as: .length)
        #expect(throws: FileFault.tooLarge) { _ = try FileSurvey(size: .max) }
        #expect(throws: FileFault.tooLarge) { _ = try FileLayout(size: FileLayout.sizeMax + 1) }
    }

    @Test("a sealer takes what it asks for, in order, and no more")
    func sealer() throws {
        let key = Secret(copying: SealedFile.key.span)
        var sealer = try FileSealer(key: key, size: UInt64(Self.chunk) + 1, native)
        func seal(_ count: Int) throws { _ = try sealer.seal([UInt8](repeating: 0, count: count).span) }
        #expect(throws: FileFault.length) { try seal(1) }
        #expect(throws: FileFault.incomplete) { try sealer.objectHash() }
        try seal(Self.chunk)
        #expect(sealer.wanted == 1)
        try seal(1)
        #expect(sealer.isComplete && sealer.wanted == 0)
        #expect(throws: FileFault.position) { try seal(0) }
        #expect(try FileSealer(key: key, size: 1, native).head != FileSealer(key: key, size: 1, native).head)
        #expect(throws: FileFault.length) {
            _ = try FileSealer(key: Secret(copying: counting(from: 0, 31).span), size: 1, native)
        }
    }

    @Test("the hash of pieces is the hash of the whole, and that of FIPS 180-4")
    func streaming() {
        let named: [([UInt8], String)] = [
            ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                [UInt8](repeating: 0x61, count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ]
        for (bytes, answer) in named {
            var hash = StreamingSHA256()
            hash.update(bytes.span)
            #expect(hex(hash.digest) == answer)
        }
        for count in 0..<200 {
            let bytes = Self.content(count)
            var hash = StreamingSHA256()
            for piece in stride(from: 0, to: count, by: 37) {
                hash.update(Array(bytes[piece..<min(count, piece + 37)]).span)
            }
            #expect(hash.digest == SealedFile.digest(bytes), "\(count)")
        }
    }
}
