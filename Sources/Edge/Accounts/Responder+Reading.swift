internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Redaction
internal import Signalling

extension Responder {
    /// Longer ones are none: no body of an account is larger than a plan with its card.
    private static let bodyBytes = JSONLimits.messageBytes

    /// Who is signed in. A page of another site cannot ask in their name: their cookie is not sent with it, and whatever
    /// changes something has to come from this very origin as well.
    func who(_ request: Request) async throws(AccountRefusal) -> SignedIn {
        guard let accounts = self.accounts else { throw AccountRefusal(.notFound) }
        try self.checkOrigin(request)
        guard let token = SessionCookie.token(in: request.headers), let who = try await accounts.who(token) else {
            throw AccountRefusal(.unauthorized)
        }
        return who
    }

    func checkOrigin(_ request: Request) throws(AccountRefusal) {
        guard self.origin.admits(request.head.headerFields, authority: request.head.authority) else {
            throw AccountRefusal(.forbidden)
        }
    }

    /// From which part of the network a request comes.
    func prefix(_ caller: Caller, _ request: Request) -> Redacted<[UInt8]>? {
        caller.speaking(in: request.headers, through: self.proxies).prefix
    }

    /// The body of a request, which says that it is JSON: a form of another site cannot say that without asking first.
    func body<Body: HTTPBody>(_ request: Request) async throws(AccountRefusal) -> Body {
        let bytes = try await self.bytes(request)
        do throws(Malformed) {
            return try Body(decoding: bytes)
        } catch {
            throw AccountRefusal(.malformed)
        }
    }

    /// The body of a request that has nothing to say: `{}`.
    func nothing(_ request: Request) async throws(AccountRefusal) {
        guard (try? JSON.parse(try await self.bytes(request))) == .object([]) else { throw AccountRefusal(.malformed) }
    }

    /// The id behind which a list goes on; nil for the beginning.
    func after<ID: Identifier>(_ request: Request) throws(AccountRefusal) -> ID? {
        guard let query = request.uri.query else { return nil }
        let name = "after="
        guard query.hasPrefix(name), let id = ID(String(query.dropFirst(name.count))) else {
            throw AccountRefusal(.malformed)
        }
        return id
    }

    /// The id in a path; what is none is of nothing that exists.
    func id<ID: Identifier>(_ text: String) throws(AccountRefusal) -> ID {
        guard let id = ID(text) else { throw AccountRefusal(.notFound) }
        return id
    }

    private func bytes(_ request: Request) async throws(AccountRefusal) -> [UInt8] {
        let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.filter { $0 != " " } }
        guard type?.lowercased() == "application/json" else { throw AccountRefusal(.malformed) }
        do {
            return Array(try await request.body.collect(upTo: Self.bodyBytes).readableBytesView)
        } catch {
            throw AccountRefusal(.tooLarge)
        }
    }
}
