/// The VP8 payload descriptor (RFC 7741 §4.2) in the form the forwarder needs.
public struct VP8Descriptor: Sendable, Equatable, BitwiseCopyable {
    /// Bytes of the descriptor in the payload; 0 when there is none.
    public var byteCount: UInt8 = 0
    /// 0 = absent, 7 or 15 = bits of the picture id on the wire.
    public var pictureIDBits: UInt8 = 0
    /// Picture id, as many bits as `pictureIDBits` says.
    public var pictureID: UInt16 = 0
    /// TL0PICIDX is present.
    public var hasTL0PictureIndex = false
    /// TL0PICIDX, when present.
    public var tl0PictureIndex: UInt8 = 0
    /// Temporal layer, 0 when absent.
    public var temporalID: UInt8 = 0
    /// Layer sync bit Y.
    public var layerSync = false
    /// S: start of a partition.
    public var startOfPartition = false
    /// PID.
    public var partitionID: UInt8 = 0

    /// An absent descriptor.
    public init() {}
}
