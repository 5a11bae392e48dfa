package import Edge
package import Signalling

/// HTTP asks for files by their id alone; the meeting they are of decides.
extension House {
    /// Whose token it is.
    package nonisolated func holder(of blob: BlobID, _ token: BlobToken) async -> BlobHolder? {
        await self.index[blob]?.holder(of: blob, token)
    }

    /// How far the upload has come that a token is for.
    package nonisolated func standing(of blob: BlobID, _ token: BlobToken) async -> BlobStanding? {
        await self.index[blob]?.standing(of: blob, token)
    }

    /// Writes a part.
    package nonisolated func write(
        _ part: [UInt8], of blob: BlobID, _ token: BlobToken, at offset: Int
    ) async -> BlobPart {
        await self.index[blob]?.write(part, of: blob, token, at: offset) ?? .denied
    }

    /// Bytes of the object that a token is for.
    package nonisolated func size(of blob: BlobID, _ token: BlobToken) async -> Int? {
        await self.index[blob]?.size(of: blob, token)
    }

    /// Some of its bytes.
    package nonisolated func read(_ range: Range<Int>, of blob: BlobID, _ token: BlobToken) async -> [UInt8]? {
        await self.index[blob]?.read(range, of: blob, token)
    }
}
