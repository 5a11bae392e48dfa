internal import HTTPTypes
internal import Hummingbird
internal import Privacy
internal import Signalling

/// What is kept of whoever has no account, by their receipt code (`privacy.md` 5.4). The code itself never comes here.
extension Responder {
    /// Where this server keeps what: the catalogue says it, the same to everybody.
    func receiptPlaces() throws(AccountRefusal) -> Response {
        guard self.accounts != nil else { throw AccountRefusal(.notFound) }
        let entries = Catalogue.entries
        return self.json(
            .ok, ReceiptPlaces(guests: entries.receiptTables, accounts: entries.accountTables).encoded)
    }

    /// What lies under some tags. Nobody is asked who they are, and nothing is noted of whoever asks.
    func searchByReceipt(_ request: Request, _ caller: Caller) async throws(AccountRefusal) -> Response {
        guard let accounts = self.accounts else { throw AccountRefusal(.notFound) }
        // First: a page of another site could have a visitor's browser ask until everybody in their network has to wait.
        try self.checkOrigin(request)
        if let wait = self.receiptTries.admit(self.prefix(caller, request)) {
            throw AccountRefusal(.tooFast, retrySeconds: wait)
        }
        let query: ReceiptQuery = try await self.body(request)
        return self.json(.ok, try await accounts.found(under: query.tags).encoded)
    }
}
