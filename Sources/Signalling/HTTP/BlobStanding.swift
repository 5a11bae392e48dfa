/// How far an upload has come: the answer to every part, and to the question.
package struct BlobStanding: Equatable, Sendable {
    /// Bytes that are there; the next part begins here. The upload is complete when it is the size.
    package var offset: Int
    /// Bytes of the whole sealed object.
    package var size: Int

    /// How far an upload has come.
    package init(offset: Int, size: Int) {
        self.offset = offset
        self.size = size
    }

    static let record = Record<Self>(
        "BlobStanding", Self.init,
        .required("offset", \.offset, .whole(0...JSONLimits.magnitude)),
        .required("size", \.size, .whole(FileLimits.sizes)))
}
