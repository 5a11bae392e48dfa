/// Why a file is not sealed or not opened. Who reads one out says it in words (`client.md`, err.file).
package enum FileFault: Error, Equatable, Sendable {
    /// Larger than the format can number.
    case tooLarge
    /// Another number of bytes than was asked for; the caller's mistake, or an object of another length.
    case length
    /// There is no such chunk, or all were taken already.
    case position
    /// Not everything was taken yet.
    case incomplete
    /// The head is not one of this format.
    case head
    /// The key is not the one that the object was sealed with.
    case commitment
    /// The object, or a chunk of it, is not the one that was hashed.
    case altered
    /// A chunk does not open where it stands.
    case unopened
    /// Behind the end of the file stands something.
    case padding
    /// The primitive refused.
    case primitive
}
