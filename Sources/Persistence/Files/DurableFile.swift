internal import Glibc

/// Small files that, after a crash or a power cut, are there as a whole or not at all, and that nobody but the service can
/// read. It does not know what is in them.
enum DurableFile {
    /// More than any of them has.
    private static let bytesAtMost = 4_096

    /// Told between any two steps, for tests that pull the plug there.
    typealias Witness = @Sendable () -> Void

    /// Makes a folder that others cannot look into, unless it is there.
    static func makeFolder(_ path: String) throws(StorageFailure) {
        // SAFETY: the path is a C string for the length of the call.
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .unwritable }
    }

    /// The bytes of a file; nil when there is none.
    static func read(_ path: String) throws(StorageFailure) -> [UInt8]? {
        // SAFETY: the path is a C string for the length of the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw .unwritable }
            return nil
        }
        defer { _ = close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Self.bytesAtMost)
        var count = 0
        while count < bytes.count {
            // SAFETY: the buffer is the array's own, from `count` to its end, for the length of the call.
            let more = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + count }, buffer.count - count)
            }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw .unwritable }
            if more == 0 { break }
            count += more
        }
        let read = Array(bytes.prefix(count))
        Self.wipe(&bytes)
        return read
    }

    /// Writes a file beside its place, lets the disk take it, and then puts it there.
    static func write(
        _ bytes: [UInt8], to path: String, in folder: String, _ witness: Witness?
    ) throws(StorageFailure) {
        let fresh = path + ".new"
        try Self.put(bytes, at: fresh, O_WRONLY | O_CREAT | O_TRUNC)
        witness?()
        // SAFETY: both paths are C strings for the length of the call.
        guard unsafe rename(fresh, path) == 0 else { throw .unwritable }
        try Self.settle(folder)
        witness?()
    }

    /// Overwrites a file and removes it; one that is not there is destroyed already.
    static func destroy(_ path: String, in folder: String, _ witness: Witness?) throws(StorageFailure) {
        for path in [path, path + ".new"] {
            guard var bytes = try Self.read(path) else { continue }
            Self.wipe(&bytes)
            try Self.put(bytes, at: path, O_WRONLY)
            witness?()
            // SAFETY: the path is a C string for the length of the call.
            guard unsafe unlink(path) == 0 else { throw .unwritable }
        }
        try Self.settle(folder)
        witness?()
    }

    /// Zeroes bytes that open something, in a way that no optimiser takes for useless.
    static func wipe(_ bytes: inout [UInt8]) {
        // SAFETY: the buffer is the array's own for the length of the call.
        unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            unsafe explicit_bzero(start, buffer.count)
        }
    }

    private static func put(_ bytes: [UInt8], at path: String, _ flags: Int32) throws(StorageFailure) {
        // SAFETY: the path is a C string for the length of the call.
        let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unwritable }
        let isTaken = Self.put(bytes[...], into: descriptor) && fsync(descriptor) == 0
        let isClosed = close(descriptor) == 0
        guard isTaken, isClosed else { throw .unwritable }
    }

    private static func put(_ bytes: ArraySlice<UInt8>, into descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            // SAFETY: the buffer is the slice's own, and as long as it says, for the length of the call.
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// A name that was given or taken away is on the disk only when its folder is.
    private static func settle(_ folder: String) throws(StorageFailure) {
        // SAFETY: the path is a C string for the length of the call.
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable }
        let isTaken = fsync(descriptor) == 0
        let isClosed = close(descriptor) == 0
        guard isTaken, isClosed else { throw .unwritable }
    }
}
