internal import HTTPTypes
internal import Hummingbird
internal import Meeting
internal import Signalling

extension Responder {
    /// Everything of whoever is signed in; that they may was looked up.
    func answer(
        _ route: AccountRoute, _ id: String, _ request: Request, _ caller: Caller, _ who: SignedIn
    ) async throws(AccountRefusal) -> Response {
        guard let accounts = self.accounts else { throw AccountRefusal(.notFound) }
        switch route {
        case .signOut:
            try await accounts.signOut(who)
            return self.signedOut()
        case .signOutEverywhere:
            try await accounts.signOutEverywhere(who)
            return self.signedOut()
        case .close:
            await self.door.forget(try await accounts.close(who))
            await self.door.disown(who.account)
            return self.signedOut()
        case .confirm:
            try await accounts.confirm(who, try await self.body(request), from: self.prefix(caller, request))
        case .changePassword:
            let change: PasswordChange = try await self.body(request)
            let session = try await accounts.changePassword(who, change, from: self.prefix(caller, request))
            return self.signedIn(session)
        case .offerCodes:
            try await self.nothing(request)
            return self.json(.ok, try await accounts.offerCodes(who).encoded)
        case .confirmCodes:
            return self.json(.ok, try await accounts.confirmCodes(who, try await self.body(request)).encoded)
        case .dropCodes: try await accounts.dropCodes(who)
        case .passkeys: return self.json(.ok, try await accounts.passkeys(who).encoded)
        case .passkeyOptions:
            let site = try self.passkeySite(request, caller)
            try await self.nothing(request)
            return self.json(.ok, try await accounts.passkeyCreation(who, at: site).encoded)
        case .addPasskey:
            let site = try self.passkeySite(request, caller)
            return self.json(.created, try await accounts.add(try await self.body(request), of: who, at: site).encoded)
        case .removePasskey: try await accounts.remove(try self.id(id), of: who)
        case .planned: return self.json(.ok, try await accounts.planned(who, after: try self.after(request)).encoded)
        case .plan: return self.json(.created, try await accounts.plan(who, try await self.body(request)).encoded)
        case .changePlan:
            let meeting = PlannedMeeting(id: try self.id(id), plan: try await self.body(request))
            try await accounts.change(who, meeting)
        case .cancelPlan:
            let meeting: MeetingID = try self.id(id)
            try await accounts.cancel(who, meeting)
            await self.door.forget([meeting])
        case .safety:
            let meeting: MeetingID = try self.id(id)
            let safety = try await accounts.safety(who, meeting) { await self.door.asksPasscode(meeting) }
            return self.json(.ok, safety.encoded)
        case .accounts: return self.json(.ok, try await accounts.accounts(after: try self.after(request)).encoded)
        case .invite: return self.json(.created, try await accounts.invite(who, try await self.body(request)).encoded)
        case .renewalLink:
            try await self.nothing(request)
            return self.json(.created, try await accounts.renewalLink(who, of: try self.id(id)).encoded)
        case .links: return self.json(.ok, try await accounts.links(after: try self.after(request)).encoded)
        case .removeLink: try await accounts.remove(try self.id(id) as LinkID)
        case .closeOther:
            let account: AccountID = try self.id(id)
            await self.door.forget(try await accounts.close(account))
            await self.door.disown(account)
        }
        return Response(status: .noContent)
    }
}
