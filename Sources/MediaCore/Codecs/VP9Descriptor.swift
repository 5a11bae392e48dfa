import Wire

/// The VP9 payload descriptor (RFC 9628 §4.2), flexible and non-flexible mode. The scalability structure is walked over
/// and its size known; its content is not kept, since sizes come from the meeting and layers from each packet.
package struct VP9Descriptor: Sendable, Equatable, BitwiseCopyable {
    /// Bytes of the descriptor in the payload.
    package var byteCount: UInt16 = 0
    /// I: 0 = absent, 7 or 15 = bits of the picture id on the wire.
    package var pictureIDBits: UInt8 = 0
    /// Picture id, as many bits as `pictureIDBits` says.
    package var pictureID: UInt16 = 0
    /// P: the frame is predicted from earlier pictures.
    package var isInterPicturePredicted = false
    /// L: layer indices are present.
    package var hasLayers = false
    /// F: flexible mode.
    package var isFlexible = false
    /// B: first packet of a layer frame.
    package var startsFrame = false
    /// E: last packet of a layer frame.
    package var endsFrame = false
    /// V: a scalability structure is present.
    package var hasStructure = false
    /// Z: not a reference for upper spatial layers.
    package var isNotReferenceForUpper = false
    /// Temporal layer.
    package var temporalID: UInt8 = 0
    /// Switching up point.
    package var switchingUp = false
    /// Spatial layer.
    package var spatialID: UInt8 = 0
    /// D: depends on the lower spatial layer of the same picture.
    package var isInterLayerPredicted = false
    /// TL0PICIDX, present in non-flexible mode with layer indices.
    package var tl0PictureIndex: UInt8 = 0

    /// RFC 9628 §4.2: at most three reference indices.
    private static let referencesMax = 3

    /// Reads the descriptor at the start of an RTP payload; nil when the payload ends inside it.
    package init?(_ payload: RawSpan) {
        guard let flags = payload.u8(0) else { return nil }
        self.isInterPicturePredicted = flags & 0x40 != 0
        self.hasLayers = flags & 0x20 != 0
        self.isFlexible = flags & 0x10 != 0
        self.startsFrame = flags & 0x08 != 0
        self.endsFrame = flags & 0x04 != 0
        self.hasStructure = flags & 0x02 != 0
        self.isNotReferenceForUpper = flags & 0x01 != 0
        var offset = 1
        if flags & 0x80 != 0 {
            guard self.readPictureID(payload, at: &offset) else { return nil }
        }
        if self.hasLayers {
            guard self.readLayers(payload, at: &offset) else { return nil }
        }
        if self.isFlexible, self.isInterPicturePredicted {
            guard Self.skipReferences(payload, at: &offset) else { return nil }
        }
        if self.hasStructure {
            guard Self.skipStructure(payload, at: &offset) else { return nil }
        }
        self.byteCount = UInt16(offset)
    }

    /// First packet of a key picture: B, not P, lowest spatial layer (`media.md` 6.2).
    package var startsKeyPicture: Bool { self.startsFrame && !self.isInterPicturePredicted && self.spatialID == 0 }

    private mutating func readPictureID(_ payload: RawSpan, at offset: inout Int) -> Bool {
        guard let first = payload.u8(offset) else { return false }
        if first & 0x80 == 0 {
            self.pictureIDBits = 7
            self.pictureID = UInt16(first)
            offset += 1
            return true
        }
        guard let wide = payload.u16(offset) else { return false }
        self.pictureIDBits = 15
        self.pictureID = wide & 0x7FFF
        offset += 2
        return true
    }

    private mutating func readLayers(_ payload: RawSpan, at offset: inout Int) -> Bool {
        guard let layers = payload.u8(offset) else { return false }
        self.temporalID = layers >> 5
        self.switchingUp = layers & 0x10 != 0
        self.spatialID = layers >> 1 & 7
        self.isInterLayerPredicted = layers & 1 != 0
        offset += 1
        guard !self.isFlexible else { return true }
        guard let index = payload.u8(offset) else { return false }
        self.tl0PictureIndex = index
        offset += 1
        return true
    }

    /// P_DIFF with N, "another one follows".
    private static func skipReferences(_ payload: RawSpan, at offset: inout Int) -> Bool {
        for _ in 0..<Self.referencesMax {
            guard let reference = payload.u8(offset) else { return false }
            offset += 1
            if reference & 1 == 0 { return true }
        }
        return false
    }

    /// N_S, Y, G; then sizes; then a picture group of at most 255 pictures with up to 3 references each.
    private static func skipStructure(_ payload: RawSpan, at offset: inout Int) -> Bool {
        guard let head = payload.u8(offset) else { return false }
        offset += 1
        if head & 0x10 != 0 { offset += 4 * (Int(head >> 5) + 1) }
        if head & 0x08 != 0 {
            guard let pictures = payload.u8(offset) else { return false }
            offset += 1
            for _ in 0..<pictures {
                guard let picture = payload.u8(offset) else { return false }
                offset += 1 + Int(picture >> 2 & 3)
            }
        }
        return offset <= payload.byteCount
    }
}
