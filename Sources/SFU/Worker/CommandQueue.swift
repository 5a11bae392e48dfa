internal import CLinux
internal import Glibc
internal import Synchronization

/// The way from the control plane to one worker: a bounded list behind a lock of a few instructions, and an eventfd that
/// is written only when the list was empty.
final class CommandQueue: Sendable {
    private struct Contents: ~Copyable {
        var commands: [SFUCommand] = []
        var isStopped = false
    }

    private let contents = Mutex(Contents())
    /// Readable while there is something to take.
    let descriptor: Int32

    init() throws(MediaPlaneError) {
        self.descriptor = beraad_eventfd(0, Int32(BERAAD_EFD_FLAGS))
        guard self.descriptor >= 0 else { throw .system(errno: errno) }
    }

    deinit { close(self.descriptor) }

    /// False = the list is full or the worker stops; the command is not taken.
    func append(_ command: SFUCommand) -> Bool {
        let (isTaken, wakes) = self.contents.withLock { contents -> (Bool, Bool) in
            guard !contents.isStopped, contents.commands.count < SFUBounds.commands else { return (false, false) }
            contents.commands.append(command)
            return (true, contents.commands.count == 1)
        }
        if wakes { self.wake() }
        return isTaken
    }

    func stop() {
        self.contents.withLock { $0.isStopped = true }
        self.wake()
    }

    /// Everything waiting, in order, and whether the worker should end after it.
    func take() -> (commands: [SFUCommand], isStopped: Bool) {
        var count: UInt64 = 0
        // SAFETY: an eventfd gives eight bytes.
        _ = unsafe read(self.descriptor, &count, 8)
        return self.contents.withLock { contents in
            defer { contents.commands = [] }
            return (contents.commands, contents.isStopped)
        }
    }

    private func wake() {
        var one: UInt64 = 1
        // SAFETY: an eventfd takes eight bytes. It can only fail when it is readable already.
        _ = unsafe write(self.descriptor, &one, 8)
    }
}
