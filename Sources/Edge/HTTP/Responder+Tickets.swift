internal import Hummingbird
internal import Meeting
internal import Signalling

/// Personal links that are made or taken back after the registration, by whoever has the meeting's token.
extension Responder {
    func addTickets(_ id: String, _ request: Request) async -> Response {
        guard let id = MeetingID(id) else { return self.problem(.notFound) }
        guard let token: CreationToken = Self.bearer(request.headers) else { return self.problem(.unauthorized) }
        let new: NewTickets
        do throws(AccountRefusal) {
            new = try await self.tokenBody(request)
        } catch {
            return self.problem(error.kind)
        }
        return self.answer(await self.door.add(new.tickets, to: id, token: token))
    }

    func revokeTicket(_ hash: String, of id: String, _ request: Request) async -> Response {
        guard let id = MeetingID(id), let hash = TicketHash(hash) else { return self.problem(.notFound) }
        guard let token: CreationToken = Self.bearer(request.headers) else { return self.problem(.unauthorized) }
        return self.answer(await self.door.revoke(hash, of: id, token: token))
    }

    private func answer(_ change: TicketChange) -> Response {
        switch change {
        case .added, .revoked: Response(status: .noContent)
        // An unknown meeting and a wrong token look the same.
        case .unknown, .unauthorized: self.problem(.unauthorized)
        case .noTicket: self.problem(.notFound)
        case .conflict: self.problem(.conflict)
        case .malformed: self.problem(.malformed)
        case .failed: self.problem(.failed)
        case .tooFast(let seconds): self.problem(.tooFast, retryAfter: seconds)
        }
    }
}
