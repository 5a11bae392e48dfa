internal import Edge
internal import Meeting
internal import Signalling

/// Bytes of sealed files on their way. Before each part the rules are asked, so that whoever was put out gets not one more.
extension MeetingHost {
    func holder(of blob: BlobID, _ token: BlobToken) -> BlobHolder? {
        self.room.holder(of: blob, token).map { BlobHolder(meeting: self.number.rawValue, leaf: $0) }
    }

    func standing(of blob: BlobID, _ token: BlobToken) -> BlobStanding? { self.room.standing(of: blob, token) }

    func size(of blob: BlobID, _ token: BlobToken) -> Int? { self.room.size(of: blob, token) }

    func write(_ part: [UInt8], of blob: BlobID, _ token: BlobToken, at offset: Int) async -> BlobPart {
        guard let name = self.blobs[blob] else { return .denied }
        switch self.room.beginPart(of: blob, token, at: offset, count: part.count) {
        case .denied: return .denied
        case .misplaced: return .misplaced
        case .taken: break
        }
        let isWritten = await self.store.write(part, to: name, at: offset)
        guard self.blobs[blob] == name else {
            // It was deleted meanwhile, perhaps before this part made the file.
            self.store.delete(name)
            return .denied
        }
        self.room.endPart(of: blob, count: isWritten ? part.count : 0, now: .now)
        guard isWritten else { return .noRoom }
        return self.room.standing(of: blob, token).map { .written($0) } ?? .denied
    }

    func read(_ range: Range<Int>, of blob: BlobID, _ token: BlobToken) async -> [UInt8]? {
        guard let name = self.blobs[blob], let size = self.room.size(of: blob, token),
            (0...size).contains(range.lowerBound), range.upperBound <= size
        else { return nil }
        let bytes = await self.store.read(range, of: name)
        return self.room.size(of: blob, token) == nil ? nil : bytes
    }

    /// The rules made room for a file, whose bytes come later.
    func keep(_ blob: BlobID) {
        self.blobs[blob] = BlobName(using: &self.generator)
        self.index[blob] = self
    }

    /// It is gone, with every byte.
    func drop(_ blob: BlobID) {
        self.index[blob] = nil
        guard let name = self.blobs.removeValue(forKey: blob) else { return }
        self.store.delete(name)
    }
}
