package import Edge
internal import Persistence
package import Signalling

extension Desk {
    /// What lies under the tags of a receipt code. Nobody is asked who they are: whoever has the code is the one it is about.
    package func found(under tags: [TaggedTable]) async throws(AccountRefusal) -> ReceiptFindings {
        let found = try await self.kept { store throws(StorageFailure) in try await store.rows(under: tags) }
        guard let found else { throw AccountRefusal(.malformed) }
        return ReceiptFindings(searched: found)
    }
}
