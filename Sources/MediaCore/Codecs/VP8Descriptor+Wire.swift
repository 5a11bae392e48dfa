import Wire

extension VP8Descriptor {
    /// Reads the descriptor at the start of an RTP payload (RFC 7741 §4.2); nil when the payload ends inside it.
    package init?(_ payload: RawSpan) {
        guard let first = payload.u8(0) else { return nil }
        self.init()
        self.startOfPartition = first & 0x10 != 0
        self.partitionID = first & 0x07
        var offset = 1
        if first & 0x80 != 0 {
            guard let flags = payload.u8(1) else { return nil }
            offset = 2
            if flags & 0x80 != 0 {
                guard self.readPictureID(payload, at: &offset) else { return nil }
            }
            if flags & 0x40 != 0 {
                guard let index = payload.u8(offset) else { return nil }
                self.hasTL0PictureIndex = true
                self.tl0PictureIndex = index
                offset += 1
            }
            // T and K share a byte; TID and Y mean something only with T.
            if flags & 0x30 != 0 {
                guard let layers = payload.u8(offset) else { return nil }
                if flags & 0x20 != 0 {
                    self.temporalID = layers >> 6
                    self.layerSync = layers & 0x20 != 0
                }
                offset += 1
            }
        }
        self.byteCount = UInt8(offset)
    }

    /// First packet of a frame.
    package var startsFrame: Bool { self.startOfPartition && self.partitionID == 0 }

    /// Whether `payload`, which begins with this descriptor, is the first packet of a key frame: S, PID 0, and bit 0 of
    /// the next byte clear. That byte is the shell's, not the picture's (`media.md` 6.2); nothing else of it is read.
    package func startsKeyFrame(_ payload: RawSpan) -> Bool {
        guard self.startsFrame, let shell = payload.u8(Int(self.byteCount)) else { return false }
        return shell & 1 == 0
    }

    /// Writes another picture id and TL0PICIDX over the ones at the start of `payload`, which begins with this
    /// descriptor. What is absent stays absent, and widths never change (`media.md` 6.4).
    @_lifetime(payload: copy payload)
    package func rewrite(pictureID: UInt16, tl0PictureIndex: UInt8, in payload: inout MutableRawSpan) {
        var offset = 2
        switch self.pictureIDBits {
        case 7:
            payload.store(UInt8(pictureID & 0x7F), at: offset)
            offset += 1
        case 15:
            payload.store(0x8000 | pictureID & 0x7FFF, at: offset)
            offset += 2
        default: break
        }
        if self.hasTL0PictureIndex { payload.store(tl0PictureIndex, at: offset) }
    }

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
}
