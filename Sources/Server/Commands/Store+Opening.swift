internal import Edge
internal import Foundation
internal import Persistence
internal import Privacy

extension Store {
    /// Opens the accounts in the data folder, or says what stands in the way.
    init(opening folder: URL, ledger: PurposeLedger) throws {
        do throws(StorageFailure) {
            try self.init(in: folder, ledger: ledger)
        } catch {
            let path = folder.path(percentEncoded: false)
            switch error {
            case .unwritable, .notPurged:
                throw Refusal("\(path) cannot be read or written; check who owns the data directory and its disk.")
            case .damaged:
                throw Refusal("the accounts in \(path) are damaged; bring back the folder's last back-up.")
            case .keyMissing:
                throw Refusal(
                    "\(path)accounts.key is missing, and without it no account in there opens; bring it back, or move beraad.sqlite away to begin anew."
                )
            case .tooNew:
                throw Refusal("a newer release of Beraad has written the accounts in \(path); start that one.")
            case .failed: throw Refusal("the accounts in \(path) cannot be opened; is another program using them?")
            }
        }
    }
}
