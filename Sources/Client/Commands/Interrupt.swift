internal import Glibc
internal import Synchronization

/// Whether somebody pressed Ctrl-C or asked the program to end: then it leaves the meeting instead of vanishing from it.
struct Interrupt {
    private static let happened = Atomic<Bool>(false)

    init() {
        for number in [SIGINT, SIGTERM] {
            // Only an atomic is touched in the handler, which is one of the few things it may do.
            signal(number) { _ in Interrupt.happened.store(true, ordering: .relaxed) }
        }
    }

    var hasHappened: Bool { Self.happened.load(ordering: .relaxed) }
}
