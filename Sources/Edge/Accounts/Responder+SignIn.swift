internal import HTTPTypes
internal import Hummingbird
internal import Meeting
internal import Signalling

extension Responder {
    /// Everything that leads to being signed in.
    func answer(
        _ route: SignInRoute, _ request: Request, _ caller: Caller
    ) async throws(AccountRefusal) -> Response {
        guard let accounts = self.accounts else { throw AccountRefusal(.notFound) }
        try self.checkOrigin(request)
        switch route {
        case .session:
            guard let token = SessionCookie.token(in: request.headers), let who = try await accounts.who(token) else {
                return Response(status: .noContent)
            }
            return self.json(.ok, try await accounts.info(who).encoded)
        case .create:
            let creation: AccountCreation = try await self.body(request)
            return self.signedIn(try await accounts.create(creation, from: self.prefix(caller, request)), .created)
        case .renewPassword:
            try await accounts.renew(try await self.body(request), from: self.prefix(caller, request))
            return Response(status: .noContent)
        case .signIn:
            switch try await accounts.signIn(try await self.body(request), from: self.prefix(caller, request)) {
            case .signedIn(let session): return self.signedIn(session)
            case .secondStep(let step): return self.json(.accepted, step.encoded)
            }
        case .secondStep:
            let answer: SecondStepAnswer = try await self.body(request)
            return self.signedIn(try await accounts.secondStep(answer, from: self.prefix(caller, request)))
        case .passkeyOptions:
            let site = try self.passkeySite(request, caller)
            try await self.nothing(request)
            return self.json(.ok, await accounts.passkeyRequest(at: site).encoded)
        case .passkey:
            let site = try self.passkeySite(request, caller)
            let assertion: PasskeyAssertion = try await self.body(request)
            return self.signedIn(
                try await accounts.signIn(assertion, at: site, from: self.prefix(caller, request)))
        }
    }

    func signedIn(_ session: NewSession, _ status: HTTPResponse.Status = .ok) -> Response {
        var response = self.json(status, session.info.encoded)
        response.headers[.setCookie] = SessionCookie.set(session.token)
        return response
    }

    func signedOut() -> Response {
        Response(status: .noContent, headers: [.setCookie: SessionCookie.clear])
    }
}
