/// How large files are on the wire.
package enum FileLimits {
    /// What a number in a message may say; what the server takes is less, and it says so.
    package static let sizes = 1...JSONLimits.magnitude
    /// Bytes of the largest object: a file of 1 GiB with its head and the tags of its chunks (`e2ee.md` 8).
    package static let objectBytes = 72 + 1_073_741_824 + 16_384 * 16
    /// Bytes of one part of an upload, at most.
    package static let partBytes = 1_048_576
}
