import Meeting
import Signalling

/// Sealed files, as a client and its HTTP bring and fetch them.
extension Scene {
    struct Missing: Error {}

    func create(_ size: Int, from connection: ConnectionID) throws -> FileEvent.Created {
        _ = self.heard(by: connection)
        self.say(.create(.init(size: size)), from: connection)
        guard case .file(.created(let created)) = self.heard(by: connection).last else { throw Missing() }
        return created
    }

    func open(_ blob: BlobID, from connection: ConnectionID) throws -> BlobToken {
        self.say(.open(.init(blob: blob)), from: connection)
        guard case .file(.opened(let opened)) = self.heard(by: connection).last, opened.blob == blob else {
            throw Missing()
        }
        return opened.token
    }

    func failure(_ command: FileCommand, from connection: ConnectionID) -> FileFailure? {
        _ = self.heard(by: connection)
        self.say(command, from: connection)
        guard case .file(.failed(let failed)) = self.heard(by: connection).last else { return nil }
        return failed.failure
    }

    /// Whoever leads nothing may bring files as well.
    func letFiles(by leader: ConnectionID) {
        self.say(.allow(.init(use: .files, isAllowed: true)), from: leader)
    }

    func bring(_ created: FileEvent.Created, _ count: Int, at offset: Int = 0) -> Room.Part {
        let part = self.room.beginPart(of: created.blob, created.token, at: offset, count: count)
        if part == .taken { self.room.endPart(of: created.blob, count: count, now: self.now) }
        return part
    }
}
