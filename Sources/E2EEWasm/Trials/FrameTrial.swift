import E2EE
import Wire

/// What the frame doors are asked to do, and doing it.
enum FrameTrial {
    /// What `read` makes of all of `bytes`.
    static func reading<Value>(
        _ bytes: [UInt8], _ read: (inout ByteReader) throws(WireError) -> Value
    ) throws(E2EEError) -> Value {
        do throws(WireError) {
            var reader = ByteReader(bytes.rawSpan)
            let value = try read(&reader)
            try reader.end()
            return value
        } catch {
            throw E2EEError(.codec, .malformed)
        }
    }

    private static func choice<Choice: RawRepresentable>(
        _ value: Choice.RawValue
    ) throws(WireError) -> Choice {
        guard let choice = Choice(rawValue: value) else { throw .illegalValue }
        return choice
    }

    /// One SFrame.
    struct Single {
        private let suite: CipherSuite
        private let keyID: UInt64
        private let counter: UInt64
        private let baseKey: [UInt8]
        private let metadata: [UInt8]
        private let plaintext: [UInt8]

        init(reading reader: inout ByteReader) throws(WireError) {
            self.suite = try FrameTrial.choice(try reader.u16())
            self.keyID = try reader.u64()
            self.counter = try reader.u64()
            self.baseKey = try reader.vector().array()
            self.metadata = try reader.vector().array()
            self.plaintext = try reader.vector().array()
        }

        func seal<Crypto: CryptoProvider>(_ crypto: Crypto) throws(E2EEError) -> [UInt8] {
            let base = Secret(copying: self.baseKey.span)
            let key = SFrameKey(self.suite, baseKey: base, keyID: self.keyID, crypto)
            return try key.seal(counter: self.counter, metadata: self.metadata, self.plaintext.span, crypto)
        }
    }

    /// Who sends: base key<V> epoch[8] log2 of the leaf capacity[1] leaf[4] context[1] codec[1].
    struct Stream {
        fileprivate let baseKey: [UInt8]
        fileprivate let epoch: UInt64
        fileprivate let leafBits: Int
        fileprivate let leaf: UInt32
        fileprivate let context: StreamContext
        fileprivate let codec: FrameCodec

        init(reading reader: inout ByteReader) throws(WireError) {
            self.baseKey = try reader.vector().array()
            self.epoch = try reader.u64()
            self.leafBits = Int(try reader.u8())
            self.leaf = try reader.u32()
            self.context = try FrameTrial.choice(try reader.u8())
            self.codec = try FrameTrial.choice(try reader.u8())
        }
    }

    /// Frames to seal.
    struct Sealing {
        private struct Frame {
            let isKeyFrame: Bool
            let mediaTime: UInt32
            let size: FrameSize
            let spatialID: UInt8
            let temporalID: UInt8
            let data: [UInt8]
        }

        private let stream: Stream
        private var frames: [Frame] = []

        init(reading reader: inout ByteReader) throws(WireError) {
            self.stream = try Stream(reading: &reader)
            while !reader.isAtEnd {
                let isKeyFrame = try reader.u8() == 1
                let mediaTime = try reader.u32()
                let size = FrameSize(width: try reader.u16(), height: try reader.u16())
                self.frames.append(
                    Frame(
                        isKeyFrame: isKeyFrame, mediaTime: mediaTime, size: size, spatialID: try reader.u8(),
                        temporalID: try reader.u8(), data: try reader.vector().array()))
            }
        }

        func run<Crypto: CryptoProvider>(_ crypto: Crypto) throws(E2EEError) -> [UInt8] {
            let stream = self.stream
            let base = Secret(copying: stream.baseKey.span)
            var sealer = try FrameSealer(
                baseKey: base, epoch: stream.epoch, leafBits: stream.leafBits, leaf: stream.leaf,
                context: stream.context, codec: stream.codec, crypto)
            var writer = ByteWriter()
            for frame in self.frames {
                writer.vector(
                    try sealer.seal(
                        frame.data.span, isKeyFrame: frame.isKeyFrame, mediaTime: frame.mediaTime, size: frame.size,
                        spatialID: frame.spatialID, temporalID: frame.temporalID))
            }
            return writer.bytes
        }
    }

    /// Frames to open.
    struct Opening {
        private struct Frame {
            let isKeyFrame: Bool
            let data: [UInt8]
        }

        private let stream: Stream
        private var frames: [Frame] = []

        init(reading reader: inout ByteReader) throws(WireError) {
            self.stream = try Stream(reading: &reader)
            while !reader.isAtEnd {
                self.frames.append(Frame(isKeyFrame: try reader.u8() == 1, data: try reader.vector().array()))
            }
        }

        func run<Crypto: CryptoProvider>(_ crypto: Crypto) throws(E2EEError) -> [UInt8] {
            var opener = FrameOpener(keys: Keys(stream: self.stream), crypto)
            var writer = ByteWriter()
            for frame in self.frames {
                let isKeyFrame: Bool? = self.stream.codec == .opus ? nil : frame.isKeyFrame
                let opening = opener.open(frame.data.span, codec: self.stream.codec, isKeyFrame: isKeyFrame)
                guard case .opened(let opened) = opening else { throw E2EEError(.crypto, .authentication) }
                writer.vector(opened.payload)
            }
            return writer.bytes
        }
    }

    /// The keys of a meeting where one leaf sends.
    private struct Keys: FrameKeySource {
        let stream: Stream

        var currentEpoch: UInt64 { self.stream.epoch }
        func leafBits(in epoch: UInt64) -> Int? { epoch == self.stream.epoch ? self.stream.leafBits : nil }
        func isOwn(_ leaf: UInt32, in epoch: UInt64) -> Bool { false }
        func occupant(of leaf: UInt32, in epoch: UInt64) -> UInt64? { leaf == self.stream.leaf ? 1 : nil }
        func allows(_ kind: FrameKind, from leaf: UInt32, in epoch: UInt64) -> Bool { true }
        func baseKey(of leaf: UInt32, in epoch: UInt64) -> Secret? { Secret(copying: self.stream.baseKey.span) }
    }
}
