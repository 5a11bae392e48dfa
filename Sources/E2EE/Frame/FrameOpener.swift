/// A frame that opened and whose inside agrees with its outside.
public struct OpenedFrame: Equatable, Sendable {
    /// The leaf whose key opened it: this is whose picture or voice it is, whatever signalling says.
    public var leaf: UInt32
    /// The epoch of that leaf number.
    public var epoch: UInt64
    /// The sealed description.
    public var inner: InnerHeader
    /// The codec's own bytes.
    public var payload: [UInt8]
}

/// What became of a frame.
public enum FrameOpening: Equatable, Sendable {
    /// Play it.
    case opened(OpenedFrame)
    /// Do not.
    case dropped(FrameDrop)
}

/// Opens the frames of everybody else, in the order of `e2ee.md` 6. There is no branch that lets a frame pass unopened.
/// It knows no clock: holding frames of a newer epoch and alarms are its owner's business.
public struct FrameOpener<Crypto: CryptoProvider, Keys: FrameKeySource & ~Copyable>: ~Copyable {
    /// The occupant is in it, so that whoever comes back to a leaf finds the replay window where it was.
    private struct Place: Hashable {
        var epoch: UInt64
        var keyID: UInt64
        var occupant: UInt64
    }

    private final class Stream {
        let key: SFrameKey
        var window = ReplayWindow()

        init(key: consuming SFrameKey) { self.key = key }
    }

    /// Where base keys come from; leaves come and go here.
    public var keys: Keys
    private let suite: CipherSuite
    private let crypto: Crypto
    /// One entry per stream of an occupant: bounded by occupants and contexts, not by what arrives.
    private var streams: [Place: Stream] = [:]

    /// An opener over `keys`.
    public init(keys: consuming Keys, suite: CipherSuite = .aes128GCM, _ crypto: Crypto) {
        self.keys = keys
        self.suite = suite
        self.crypto = crypto
    }

    /// Opens one whole frame of the negotiated `codec`. `isKeyFrame` is what the packets around a VP9 frame say; for the
    /// other codecs the shell tells, or the kind.
    public mutating func open(_ frame: Span<UInt8>, codec: FrameCodec, isKeyFrame: Bool? = nil) -> FrameOpening {
        do throws(FrameDrop) {
            return .opened(try self.opened(frame, codec, isKeyFrame))
        } catch {
            return .dropped(error)
        }
    }

    /// Forgets the derived keys of everybody whom `keys` does not know any more: of epochs that are over, and of people
    /// who were taken out.
    public mutating func forgetGone() {
        for place in Array(self.streams.keys) {
            let leafBits = self.keys.leafBits(in: place.epoch)
            let leaf = leafBits.map { KeyID(place.keyID, leafBits: $0).leaf }
            let occupant = leaf.flatMap { self.keys.occupant(of: $0, in: place.epoch) }
            if occupant != place.occupant { self.streams[place] = nil }
        }
    }

    private mutating func opened(
        _ frame: Span<UInt8>, _ codec: FrameCodec, _ outerKeyFrame: Bool?
    ) throws(FrameDrop) -> OpenedFrame {
        guard !frame.isEmpty else { throw .empty }
        let shell = try Shell.strip(frame, codec)
        let sealed = frame.extracting(shell.range)
        let header: SFrameHeader
        do throws(SFrameHeaderError) { header = try SFrameHeader(parsing: sealed) } catch { throw .header }
        guard header.keyID <= KeyID.highest else { throw .keyID }
        guard header.counter < 1 << 32 else { throw .header }

        let epoch = try self.epoch(of: header.keyID)
        guard let leafBits = self.keys.leafBits(in: epoch) else { throw .epochGone }
        let name = KeyID(header.keyID, leafBits: leafBits)
        let context = try self.admit(name, epoch)
        guard context.kind.isAudio == (codec == .opus) else { throw .codecMismatch }
        let stream = try self.stream(header.keyID, leaf: name.leaf, epoch: epoch)
        guard stream.window.accepts(header.counter) else { throw .replayed }

        let plaintext: [UInt8]
        do throws(E2EEError) {
            plaintext = try stream.key.open(
                header: header, metadata: [], sealed.extracting(header.byteCount..<sealed.count), self.crypto)
        } catch {
            throw .authentication
        }
        stream.window.mark(header.counter)

        let inner = try InnerHeader(
            parsing: plaintext, context: context, codec: codec, outerKeyFrame: shell.isKeyFrame ?? outerKeyFrame)
        let rest = plaintext[InnerHeader.byteCount...]
        let payload = context.kind.isAudio ? try AudioPadding.unpad(rest) : [UInt8](rest)
        return OpenedFrame(leaf: name.leaf, epoch: epoch, inner: inner, payload: payload)
    }

    /// Step 2: 1 to 7 ahead is an epoch to come, 8 to 15 is one of the last eight.
    private func epoch(of keyID: UInt64) throws(FrameDrop) -> UInt64 {
        let current = self.keys.currentEpoch
        let distance = (UInt64(KeyID.epochBits(of: keyID)) &- current) & 15
        switch distance {
        case 0: return current
        case 1...7: throw .newerEpoch
        default:
            let back = 16 - distance
            guard current >= back else { throw .epochGone }
            return current - back
        }
    }

    /// Step 3.
    private func admit(_ name: KeyID, _ epoch: UInt64) throws(FrameDrop) -> StreamContext {
        guard self.keys.occupant(of: name.leaf, in: epoch) != nil else { throw .leafFree }
        guard !self.keys.isOwn(name.leaf, in: epoch) else { throw .ownLeaf }
        guard let raw = UInt8(exactly: name.context), let context = StreamContext(rawValue: raw) else {
            throw .context
        }
        guard self.keys.allows(context.kind, from: name.leaf, in: epoch) else { throw .forbidden }
        return context
    }

    private mutating func stream(_ keyID: UInt64, leaf: UInt32, epoch: UInt64) throws(FrameDrop) -> Stream {
        guard let occupant = self.keys.occupant(of: leaf, in: epoch) else { throw .leafFree }
        let place = Place(epoch: epoch, keyID: keyID, occupant: occupant)
        if let stream = self.streams[place] { return stream }
        guard let baseKey = self.keys.baseKey(of: leaf, in: epoch) else { throw .leafFree }
        let stream = Stream(key: SFrameKey(self.suite, baseKey: baseKey, keyID: keyID, self.crypto))
        self.streams[place] = stream
        return stream
    }
}
