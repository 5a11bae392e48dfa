internal import HTTPTypes
package import Hummingbird
internal import Meeting
internal import NIOCore
internal import Redaction
internal import Signalling

/// Answers every request: one function from request to response. What a meeting is, it does not know; it asks its door.
package struct Responder: HTTPResponder {
    private let site: Site
    private let headers: SecurityHeaders
    let door: any MeetingDoor
    let accounts: (any AccountDoor)?
    private let creators: Creators
    private let transport: Transport
    private let address: PublicAddress?
    private let notice: ProxyNotice
    let origin: OwnOrigin
    let proxies: TrustedProxies
    let limits: EdgeLimits
    let transfers: Transfers
    /// Of tokens of meetings, and of tags of receipt codes: each is looked up on disk, and a right token has signatures verified.
    private let tokenTries = NetworkTries()
    let receiptTries = NetworkTries()

    /// What every route needs. Without accounts their routes are not found.
    package init(
        site: Site, transport: Transport, door: any MeetingDoor, accounts: (any AccountDoor)? = nil,
        creators: Creators = .anyone, proxies: TrustedProxies = .none, address: PublicAddress? = nil,
        limits: EdgeLimits = EdgeLimits(), log: EventLog
    ) {
        self.site = site
        self.headers = SecurityHeaders(importMapHash: site.importMapHash, transport: transport)
        self.door = door
        self.accounts = accounts
        self.creators = creators
        self.transport = transport
        self.address = address
        self.notice = ProxyNotice(log)
        self.origin = OwnOrigin()
        self.proxies = proxies
        self.limits = limits
        self.transfers = Transfers(limits)
    }

    /// For which site passkeys are made and shown: the one that the server was told, or this machine.
    func passkeySite(_ request: Request, _ caller: Caller) throws(AccountRefusal) -> PasskeySite {
        if let address = self.address { return PasskeySite(address) }
        let site = PasskeySite(here: request.head.authority, port: caller.port, self.transport)
        guard let site else { throw AccountRefusal(.forbidden) }
        return site
    }

    /// Never throws: whatever goes wrong has an answer.
    package func respond(to request: Request, context: Caller) async -> Response {
        if context.isUnnamedProxy(request.headers, self.proxies) { self.notice.say() }
        var response: Response
        switch Route.match(request.method, path: request.uri.path) {
        case .found(let route, let values): response = await self.admit(route, values, request, context)
        case .methodNotAllowed(let allowed):
            response = self.problem(.methodNotAllowed)
            response.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
        case .notFound: response = self.notFound(request)
        }
        for field in self.headers.fields { response.headers[field.name] = field.value }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = Caching.page }
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// Who may, by the one table; the default is nobody. Where everybody may, nobody's cookie is looked at, unless they ask who
    /// they are.
    private func admit(
        _ route: Route, _ values: [String: String], _ request: Request, _ caller: Caller
    ) async -> Response {
        let action = self.action(of: route, request, caller)
        do throws(AccountRefusal) {
            if Permission.allows(action, to: nil) { return try await self.answer(route, values, request, caller) }
            let who = try await self.who(request)
            guard Permission.allows(action, to: who.roles) else { throw AccountRefusal(.forbidden) }
            if action.needsConfirmation, !who.isConfirmed { throw AccountRefusal(.confirmationNeeded) }
            switch route {
            case .createMeeting: return try await self.createMeeting(by: who)
            case .account(let route): return try await self.answer(route, values["id"] ?? "", request, caller, who)
            default: return try await self.answer(route, values, request, caller)
            }
        } catch {
            return self.problem(error.kind, retryAfter: error.retrySeconds)
        }
    }

    private func answer(
        _ route: Route, _ values: [String: String], _ request: Request, _ caller: Caller
    ) async throws(AccountRefusal) -> Response {
        switch route {
        case .home, .meetingPage, .privacyPage, .minePage, .accountPage: return self.page(.ok)
        case .file: return self.file(values["path"] ?? "", release: values["release"] ?? "", request)
        case .serviceWorker: return self.rootFile(.serviceWorker, request)
        case .manifest: return self.rootFile(.manifest, request)
        case .health: return self.text("ok")
        case .openAPI: return self.json(.ok, OpenAPI.document)
        case .metrics:
            guard caller.isLocal(request.headers) else { return self.problem(.forbidden) }
            return self.text(await self.door.metrics(), type: "text/plain; version=0.0.4; charset=utf-8")
        case .createMeeting: return await self.createMeetingHere(request, caller)
        case .registerInvite, .addTickets, .revokeTicket:
            // Without a token nothing is looked up. A page of another site has none, and so it uses up nobody's tries.
            let token: CreationToken? = Self.bearer(request.headers)
            if token != nil, let wait = self.tokenTries.admit(self.prefix(caller, request)) {
                throw AccountRefusal(.tooFast, retrySeconds: wait)
            }
            let id = values["id"] ?? ""
            switch route {
            case .registerInvite: return await self.registerInvite(id, request)
            case .addTickets: return await self.addTickets(id, request)
            default: return await self.revokeTicket(values["hash"] ?? "", of: id, request)
            }
        case .socket: return self.socketWithoutUpgrade(request)
        case .writeBlob: return await self.writeBlob(values["blob"] ?? "", request, caller)
        case .readBlob: return await self.readBlob(values["blob"] ?? "", request, caller)
        case .receiptPlaces: return try self.receiptPlaces()
        case .receiptSearch: return try await self.searchByReceipt(request, caller)
        case .signIn(let route): return try await self.answer(route, request, caller)
        // Nobody comes here: whoever is signed in was answered, and nobody else may.
        case .account: throw AccountRefusal(.unauthorized)
        }
    }
}

extension Responder {
    /// What anyone may on this machine, without an account, is a host's to do from elsewhere.
    private func action(of route: Route, _ request: Request, _ caller: Caller) -> Action {
        let action = route.action(self.creators)
        guard action == .createMeetingHere, self.accounts != nil, !self.isHere(request, caller) else { return action }
        return .createMeeting
    }

    /// Whoever asks works on this machine, and no proxy or name of another site leads here.
    private func isHere(_ request: Request, _ caller: Caller) -> Bool {
        caller.isLocal(request.headers) && OwnOrigin.isLocalName(request.head.authority)
    }

    /// A page of another site cannot ask for it: its requests carry its own origin, or a host name that is not this machine's.
    private func createMeetingHere(_ request: Request, _ caller: Caller) async -> Response {
        guard self.isHere(request, caller),
            self.origin.admits(request.head.headerFields, authority: request.head.authority)
        else { return self.problem(.forbidden) }
        return await self.createMeeting(of: nil)
    }

    /// It was looked who asks, and from which page.
    private func createMeeting(by who: SignedIn) async throws(AccountRefusal) -> Response {
        try await self.accounts?.countMeeting(of: who)
        return await self.createMeeting(of: who.account)
    }

    private func createMeeting(of account: AccountID?) async -> Response {
        switch await self.door.create(by: account) {
        case .created(let created): self.json(.created, created.encoded)
        case .full: self.problem(.busy, retryAfter: 60)
        // Those that were never registered are gone by then.
        case .enough: self.problem(.tooFast, retryAfter: 600)
        }
    }

    private func registerInvite(_ id: String, _ request: Request) async -> Response {
        guard let id = MeetingID(id) else { return self.problem(.notFound) }
        guard let token: CreationToken = Self.bearer(request.headers) else { return self.problem(.unauthorized) }
        let registration: InviteRegistration
        do throws(AccountRefusal) {
            registration = try await self.tokenBody(request)
        } catch {
            return self.problem(error.kind)
        }
        switch await self.door.register(registration, for: id, token: token) {
        case .registered: return Response(status: .noContent)
        // An unknown meeting and a wrong token look the same.
        case .unknown, .unauthorized: return self.problem(.unauthorized)
        case .conflict: return self.problem(.conflict)
        case .malformed: return self.problem(.malformed)
        case .lacks(let measure): return self.problem(.measure, lacking: measure)
        case .failed: return self.problem(.failed)
        case .tooFast(let seconds): return self.problem(.tooFast, retryAfter: seconds)
        }
    }

    /// The body of a request whose token says enough: no page of another site has that, so nothing is asked of its type.
    func tokenBody<Body: HTTPBody>(_ request: Request) async throws(AccountRefusal) -> Body {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.bodyBytes)
        } catch {
            throw AccountRefusal(.tooLarge)
        }
        do throws(Malformed) {
            return try Body(decoding: Array(body.readableBytesView))
        } catch {
            throw AccountRefusal(.malformed)
        }
    }

    /// A registration has two descriptions and the certificates of personal links, as base64url: as much as any JSON here.
    private static let bodyBytes = JSONLimits.messageBytes

    static func bearer<Token: Identifier>(_ headers: HTTPFields) -> Token? {
        guard let value = headers[.authorization], value.lowercased().hasPrefix("bearer ") else { return nil }
        return Token(String(value.dropFirst("bearer ".count)))
    }

    /// Came as an ordinary request: either it never asked for a WebSocket, or asking was refused.
    private func socketWithoutUpgrade(_ request: Request) -> Response {
        guard self.origin.admits(request.head.headerFields, authority: request.head.authority) else {
            return self.problem(.forbidden)
        }
        var response = self.problem(.upgradeRequired)
        response.headers[.upgrade] = "websocket"
        return response
    }
}

extension Responder {
    private func page(_ status: HTTPResponse.Status) -> Response {
        Self.response(status, Site.pageType, ByteBuffer(string: self.site.page))
    }

    /// A person gets the page, which says so in words; a program gets JSON.
    private func notFound(_ request: Request) -> Response {
        let path = request.uri.path
        let wantsPage = request.headers[.accept]?.contains("text/html") ?? false
        let isPage = request.method == .get && !path.hasPrefix("/api/") && !path.hasPrefix("/a/")
        return wantsPage && isPage ? self.page(.notFound) : self.problem(.notFound)
    }

    private func file(_ path: String, release: String, _ request: Request) -> Response {
        guard release == self.site.release, let file = self.site.file(path) else { return self.problem(.notFound) }
        return self.file(file, request, caching: Caching.file)
    }

    private func rootFile(_ file: RootFile, _ request: Request) -> Response {
        guard let file = self.site.file(atRoot: file) else { return self.problem(.notFound) }
        return self.file(file, request, caching: Caching.rootFile)
    }

    private func file(_ file: WebFile, _ request: Request, caching: String) -> Response {
        let isKnown = request.headers[.ifNoneMatch]?.contains(file.entityTag) ?? false
        var response =
            isKnown
            ? Response(status: .notModified)
            : Self.response(.ok, file.contentType, ByteBuffer(bytes: file.bytes))
        response.headers[.eTag] = file.entityTag
        response.headers[.cacheControl] = caching
        return response
    }

    private func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Response {
        Self.response(.ok, type, ByteBuffer(string: text))
    }

    func json(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Self.response(status, "application/json; charset=utf-8", ByteBuffer(string: text))
    }

    func problem(_ kind: Problem.Kind, lacking measure: SafetyMeasure? = nil, retryAfter: Int? = nil) -> Response {
        var response = self.json(kind.status, Problem(error: kind, measure: measure).encoded)
        if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
        return response
    }

    private static func response(_ status: HTTPResponse.Status, _ type: String, _ body: ByteBuffer) -> Response {
        Response(status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: body))
    }
}

extension Problem.Kind {
    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .malformed: .badRequest
        case .tooLarge: .contentTooLarge
        case .outOfRange: .rangeNotSatisfiable
        case .forbidden: .forbidden
        case .unauthorized: .unauthorized
        case .confirmationNeeded: .forbidden
        case .notAnAddress, .passwordTooShort, .passwordTooLong, .passwordIsAddress, .measure: .unprocessableContent
        case .conflict: .conflict
        case .upgradeRequired: HTTPResponse.Status(code: 426, reasonPhrase: "Upgrade Required")
        case .tooFast: .tooManyRequests
        case .busy: .serviceUnavailable
        case .full: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .failed: .internalServerError
        }
    }
}
