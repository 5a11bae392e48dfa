package import Foundation
internal import Glibc

/// One server at a time for one data folder: a second one would empty the shared files of the first. The system lets go of
/// the claim when the process ends, however it ends.
package struct FolderClaim: ~Copyable {
    private let descriptor: Int32

    /// Why there is none.
    package enum Refused: Error {
        /// Another server has it.
        case taken
        /// The folder does not take a file.
        case unusable
    }

    /// Takes the folder, or says why not.
    package init(of folder: URL) throws(Refused) {
        let path = folder.appending(path: "serving").path(percentEncoded: false)
        // SAFETY: the call reads the path and keeps nothing of it.
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unusable }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let isTaken = errno == EWOULDBLOCK
            close(descriptor)
            throw isTaken ? .taken : .unusable
        }
        self.descriptor = descriptor
    }

    deinit { close(self.descriptor) }
}
