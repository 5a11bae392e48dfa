internal import Dispatch
package import Foundation
internal import Synchronization

/// Sealed files on disk, in `DATA/blobs/`: ciphertext of padded size under random names, readable for the owner alone.
/// Which meeting or person one belongs to is in memory only, so that after a crash nobody knows, and the next start
/// deletes all.
///
/// Disks are slow, so its work is done on queues of its own, in the order it was asked for: what is deleted stays
/// deleted, whatever was being written.
package final class BlobStore: Sendable {
    /// The folder cannot be made, read or cleared.
    package struct Unusable: Error {}

    static let laneCount = 4
    /// Where less than this is free, nothing more is taken: the disk is not ours alone.
    private static let bytesToLeave = 268_435_456

    private struct Space {
        var used: [BlobName: Int] = [:]
        var total = 0
    }

    private let folder: URL
    private let bytesAtMost: Int
    private let lanes: [DispatchQueue]
    private let space = Mutex(Space())

    /// Opens the store in a data folder, and deletes what a crash left there. It holds at most `bytesAtMost`.
    package init(in data: URL, bytesAtMost: Int = 68_719_476_736) throws(Unusable) {
        self.folder = data.appending(path: "blobs", directoryHint: .isDirectory)
        self.bytesAtMost = bytesAtMost
        self.lanes = (0..<Self.laneCount).map { DispatchQueue(label: "beraad.blobs.\($0)") }
        do {
            let files = FileManager.default
            try files.createDirectory(
                at: self.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            // One that was there keeps its own.
            try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: self.path)
            for name in try files.contentsOfDirectory(atPath: self.path) where BlobName.isOne(name) {
                try files.removeItem(at: self.folder.appending(path: name))
            }
        } catch {
            throw Unusable()
        }
    }

    private var path: String { self.folder.path(percentEncoded: false) }

    /// Writes a part; the first one, at 0, makes the file. False when there is no room or the disk refused.
    func write(_ part: [UInt8], to name: BlobName, at offset: Int) async -> Bool {
        guard self.take(part.count, for: name) else { return false }
        let isWritten = await withCheckedContinuation { done in
            self.lanes[name.lane].async { done.resume(returning: self.put(part, to: name, at: offset)) }
        }
        if !isWritten { self.giveBack(part.count, of: name) }
        return isWritten
    }

    /// Bytes of a file; nil when they are not there.
    func read(_ range: Range<Int>, of name: BlobName) async -> [UInt8]? {
        await withCheckedContinuation { done in
            self.lanes[name.lane].async { done.resume(returning: self.get(range, of: name)) }
        }
    }

    /// Deletes a file, if there is one, after everything asked before.
    func delete(_ name: BlobName) {
        self.space.withLock { $0.total -= $0.used.removeValue(forKey: name) ?? 0 }
        self.lanes[name.lane].async { try? FileManager.default.removeItem(at: self.file(name)) }  // there may be none
    }

    /// Waits until everything asked so far is done.
    package func settle() async {
        for lane in self.lanes { await withCheckedContinuation { done in lane.async { done.resume() } } }
    }

    /// Bytes that lie there now, for Prometheus.
    var byteCount: Int { self.space.withLock { $0.total } }

    private func take(_ count: Int, for name: BlobName) -> Bool {
        self.space.withLock { space in
            guard space.total <= self.bytesAtMost - count else { return false }
            space.total += count
            space.used[name, default: 0] += count
            return true
        }
    }

    private func giveBack(_ count: Int, of name: BlobName) {
        self.space.withLock { space in
            guard let used = space.used[name] else { return }
            space.total -= count
            space.used[name] = used - count
        }
    }
}

/// What is done on the queues.
extension BlobStore {
    private func file(_ name: BlobName) -> URL { self.folder.appending(path: name.text) }

    private func put(_ part: [UInt8], to name: BlobName, at offset: Int) -> Bool {
        let file = self.file(name)
        do {
            guard self.isRoomy(for: part.count) else { return false }
            if offset == 0 { try self.make(file) }
            let handle = try FileHandle(forWritingTo: file)
            defer { try? handle.close() }  // what is written is written
            try handle.seek(toOffset: UInt64(offset))
            try handle.write(contentsOf: Data(part))
            return true
        } catch {
            // The first part is sent again then, and makes the file anew.
            if offset == 0 { try? FileManager.default.removeItem(at: file) }
            return false
        }
    }

    /// Never over another one, and for the owner alone before a byte is in it.
    private func make(_ file: URL) throws {
        try Data().write(to: file, options: .withoutOverwriting)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: file.path(percentEncoded: false))
    }

    private func get(_ range: Range<Int>, of name: BlobName) -> [UInt8]? {
        do {
            let handle = try FileHandle(forReadingFrom: self.file(name))
            defer { try? handle.close() }  // it was only read
            try handle.seek(toOffset: UInt64(range.lowerBound))
            let bytes = try handle.read(upToCount: range.count) ?? Data()
            return bytes.count == range.count ? [UInt8](bytes) : nil
        } catch {
            return nil
        }
    }

    /// A system that does not say how much is free is not asked; its disk refuses when it is full.
    private func isRoomy(for count: Int) -> Bool {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: self.path)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.uint64Value else { return true }
        return free >= UInt64(Self.bytesToLeave + count)
    }
}
