internal import Synchronization

/// Counts what personal fields were read for: the purpose and the place, never the person (`privacy.md` 6.3).
package final class PurposeLedger: Sendable {
    /// What is counted together.
    package struct Line: Hashable, Sendable {
        /// What for.
        package let purpose: PurposeName
        /// Of which field.
        package let place: Place

        /// A line of the ledger.
        package init(_ purpose: PurposeName, _ place: Place) {
            self.purpose = purpose
            self.place = place
        }
    }

    private let state = Mutex<[Line: Int]>([:])

    /// Nothing was read yet.
    package init() {}

    /// How often each field was read for each purpose since the program started.
    package var counts: [Line: Int] { self.state.withLock { $0 } }

    func count(_ purpose: PurposeName, _ entry: Entry) {
        self.state.withLock { $0[Line(purpose, entry.place), default: 0] += 1 }
    }
}
