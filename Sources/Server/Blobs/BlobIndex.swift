internal import Signalling
internal import Synchronization

/// Which meeting a sealed file belongs to. HTTP knows the file alone.
final class BlobIndex: Sendable {
    private let hosts = Mutex<[BlobID: MeetingHost]>([:])

    subscript(blob: BlobID) -> MeetingHost? {
        get { self.hosts.withLock { $0[blob] } }
        set { self.hosts.withLock { $0[blob] = newValue } }
    }
}
