import Wire

/// The 24 bytes that stand before every packet of an outgoing stream, RTX included: fixed header, MID and transport-wide
/// number (`media.md` 2.2). Made once per stream; per packet five fields are written over a copy.
package struct RTPHeaderTemplate: Sendable, BitwiseCopyable {
    /// Always the same, so that packets of a run have equal sizes.
    package static let byteCount = 24

    private var words: (UInt64, UInt64, UInt64)
    private let transportOffset: Int

    /// A template; nil when the mid has not 1 or 2 bytes or its extension was not negotiated. Identifiers over 14 take
    /// the two-byte form, which fits as well. Without transport-cc (identifier 0) its room is padding.
    package init?(ssrc: UInt32, mid: [UInt8], identifiers: ExtensionIdentifiers) {
        guard (1...2).contains(mid.count), identifiers.mid > 0, identifiers.mid != identifiers.transportCC else {
            return nil
        }
        let isOneByte = identifiers.mid <= 14 && identifiers.transportCC <= 14
        var elements: [UInt8] = []
        if identifiers.transportCC > 0 {
            elements += isOneByte ? [identifiers.transportCC << 4 | 1] : [identifiers.transportCC, 2]
            elements += [0, 0]
        }
        self.transportOffset = identifiers.transportCC > 0 ? 16 + elements.count - 2 : 0
        let midLength = UInt8(mid.count)
        elements += isOneByte ? [identifiers.mid << 4 | (midLength - 1)] : [identifiers.mid, midLength]
        elements += mid
        while elements.count < 8 { elements.append(0) }
        let profile: UInt64 = isOneByte ? 0xBEDE : 0x1000
        self.words = (
            0x9000_0000_0000_0000,
            UInt64(ssrc) << 32 | profile << 16 | 2,
            elements.reduce(0) { $0 << 8 | UInt64($1) }
        )
    }

    /// What changes from packet to packet.
    package struct Stamp: Sendable, BitwiseCopyable {
        /// M.
        package var marker: Bool
        /// P: the payload ends with a padding count.
        package var hasPadding: Bool
        /// PT.
        package var payloadType: UInt8
        /// SEQ.
        package var sequence: UInt16
        /// TS.
        package var timestamp: UInt32
        /// Transport-wide number, in send order over all streams of the endpoint.
        package var transportSequence: UInt16

        /// The fields of one packet.
        package init(
            marker: Bool, hasPadding: Bool, payloadType: UInt8, sequence: UInt16, timestamp: UInt32,
            transportSequence: UInt16
        ) {
            self.marker = marker
            self.hasPadding = hasPadding
            self.payloadType = payloadType
            self.sequence = sequence
            self.timestamp = timestamp
            self.transportSequence = transportSequence
        }
    }

    /// Writes the header to the first 24 bytes; answers 24, or 0 when they do not fit.
    @_lifetime(out: copy out)
    package func write(_ stamp: Stamp, into out: inout MutableRawSpan) -> Int {
        guard out.byteCount >= Self.byteCount else { return 0 }
        let first =
            self.words.0
            | (stamp.hasPadding ? 0x2000_0000_0000_0000 : 0)
            | (stamp.marker ? 0x0080_0000_0000_0000 : 0)
            | UInt64(stamp.payloadType & 0x7F) << 48
            | UInt64(stamp.sequence) << 32
            | UInt64(stamp.timestamp)
        out.storeBytes(of: first.bigEndian, toByteOffset: 0, as: UInt64.self)
        out.storeBytes(of: self.words.1.bigEndian, toByteOffset: 8, as: UInt64.self)
        out.storeBytes(of: self.words.2.bigEndian, toByteOffset: 16, as: UInt64.self)
        if self.transportOffset > 0 { out.store(stamp.transportSequence, at: self.transportOffset) }
        return Self.byteCount
    }
}
