/// Why a header is not one.
public enum SFrameHeaderError: Error, Equatable, Sendable {
    /// The bytes end inside the header.
    case truncated
    /// A number is written longer than it needs to be: a second spelling of the same header.
    case notMinimal
}

/// The SFrame header (RFC 9605 §4.3): one config byte, then key id and counter, each as short as possible.
public struct SFrameHeader: Equatable, Sendable, BitwiseCopyable {
    /// KID.
    public var keyID: UInt64
    /// CTR.
    public var counter: UInt64

    /// The header of a frame.
    public init(keyID: UInt64, counter: UInt64) {
        self.keyID = keyID
        self.counter = counter
    }

    /// Reads the header at the start of `bytes`; only the minimal form is one.
    public init(parsing bytes: Span<UInt8>) throws(SFrameHeaderError) {
        guard !bytes.isEmpty else { throw .truncated }
        let config = bytes[0]
        var offset = 1
        self.keyID = try Self.number(config >> 4, bytes, &offset)
        self.counter = try Self.number(config & 0x0F, bytes, &offset)
    }

    /// Bytes of the encoded header, 1 to 17.
    public var byteCount: Int { 1 + Self.extraByteCount(self.keyID) + Self.extraByteCount(self.counter) }

    /// The minimal form.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = [Self.nibble(self.keyID) << 4 | Self.nibble(self.counter)]
        Self.append(self.keyID, to: &bytes)
        Self.append(self.counter, to: &bytes)
        return bytes
    }

    /// A nibble is one bit "the number follows", then three bits: the number itself, or its length minus one.
    private static func number(
        _ nibble: UInt8, _ bytes: Span<UInt8>, _ offset: inout Int
    ) throws(SFrameHeaderError) -> UInt64 {
        let low = nibble & 7
        guard nibble & 8 != 0 else { return UInt64(low) }
        let length = Int(low) + 1
        guard bytes.count - offset >= length else { throw .truncated }
        var value: UInt64 = 0
        for index in offset..<offset + length { value = value << 8 | UInt64(bytes[index]) }
        guard Self.extraByteCount(value) == length else { throw .notMinimal }
        offset += length
        return value
    }

    private static func extraByteCount(_ value: UInt64) -> Int {
        value < 8 ? 0 : (UInt64.bitWidth - value.leadingZeroBitCount + 7) / 8
    }

    private static func nibble(_ value: UInt64) -> UInt8 {
        value < 8 ? UInt8(value) : 8 | UInt8(Self.extraByteCount(value) - 1)
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        for index in (0..<Self.extraByteCount(value)).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index)))
        }
    }
}
