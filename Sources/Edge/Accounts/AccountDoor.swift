package import Meeting
package import Redaction
package import Signalling

/// What the edge needs from whoever holds the accounts. Who may ask was looked up before; what is refused here is refused
/// for other reasons. `prefix` says from which part of the network a request comes (nothing: from this machine).
package protocol AccountDoor: Sendable {
    /// Who is signed in with a token; nil for nobody.
    func who(_ token: SessionToken) async throws(AccountRefusal) -> SignedIn?

    // Without an account

    /// What lies under the tags of a receipt code.
    func found(under tags: [TaggedTable]) async throws(AccountRefusal) -> ReceiptFindings

    // Before one is signed in

    /// Makes an account with a link.
    func create(_ creation: AccountCreation, from prefix: Redacted<[UInt8]>?) async throws(AccountRefusal) -> NewSession
    /// A new password with a link.
    func renew(_ renewal: PasswordRenewal, from prefix: Redacted<[UInt8]>?) async throws(AccountRefusal)
    /// Address and password.
    func signIn(_ signIn: SignIn, from prefix: Redacted<[UInt8]>?) async throws(AccountRefusal) -> PasswordOutcome
    /// The code that is needed as well.
    func secondStep(
        _ answer: SecondStepAnswer, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> NewSession
    /// What a passkey has to sign.
    func passkeyRequest(at site: PasskeySite) async -> PasskeyRequest
    /// A passkey shows itself.
    func signIn(
        _ assertion: PasskeyAssertion, at site: PasskeySite, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> NewSession

    // Oneself

    /// Who is signed in, in full.
    func info(_ who: SignedIn) async throws(AccountRefusal) -> SessionInfo
    /// Signs out.
    func signOut(_ who: SignedIn) async throws(AccountRefusal)
    /// Signs out everywhere.
    func signOutEverywhere(_ who: SignedIn) async throws(AccountRefusal)
    /// Takes the password again.
    func confirm(
        _ who: SignedIn, _ confirmation: PasswordConfirmation, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal)
    /// Another password.
    func changePassword(
        _ who: SignedIn, _ change: PasswordChange, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> NewSession
    /// Closes one's own account; answers the planned meetings that went with it.
    func close(_ who: SignedIn) async throws(AccountRefusal) -> [MeetingID]

    // What keeps others out

    /// A new secret for an app.
    func offerCodes(_ who: SignedIn) async throws(AccountRefusal) -> CodeOffer
    /// A first code of it.
    func confirmCodes(
        _ who: SignedIn, _ confirmation: CodeConfirmation
    ) async throws(AccountRefusal) -> RecoveryCodes
    /// No codes any more.
    func dropCodes(_ who: SignedIn) async throws(AccountRefusal)
    /// One's passkeys.
    func passkeys(_ who: SignedIn) async throws(AccountRefusal) -> PasskeyList
    /// What a browser needs to make one.
    func passkeyCreation(_ who: SignedIn, at site: PasskeySite) async throws(AccountRefusal) -> PasskeyCreation
    /// One that a browser made.
    func add(
        _ registration: PasskeyRegistration, of who: SignedIn, at site: PasskeySite
    ) async throws(AccountRefusal) -> PasskeyList
    /// Takes one back.
    func remove(_ passkey: PasskeyID, of who: SignedIn) async throws(AccountRefusal)

    // Meetings

    /// Counts a meeting that somebody makes without planning it; refuses more than a host makes.
    func countMeeting(of who: SignedIn) async throws(AccountRefusal)
    /// One's planned meetings, after one.
    func planned(_ who: SignedIn, after id: MeetingID?) async throws(AccountRefusal) -> PlannedMeetings
    /// Plans a meeting.
    func plan(_ who: SignedIn, _ plan: MeetingPlan) async throws(AccountRefusal) -> PlannedMeeting
    /// Changes a plan.
    func change(_ who: SignedIn, _ meeting: PlannedMeeting) async throws(AccountRefusal)
    /// Cancels a plan.
    func cancel(_ who: SignedIn, _ id: MeetingID) async throws(AccountRefusal)
    /// The safety checklist of one's own planned meeting. `asksPasscode` says whether its door asks for one now; nil where
    /// that is as it was registered.
    func safety(
        _ who: SignedIn, _ id: MeetingID, asksPasscode: @Sendable () async -> Bool?
    ) async throws(AccountRefusal) -> MeetingSafety

    // Others

    /// All accounts, after one.
    func accounts(after id: AccountID?) async throws(AccountRefusal) -> AccountList
    /// A link by which somebody makes an account.
    func invite(_ who: SignedIn, _ invitation: Invitation) async throws(AccountRefusal) -> LinkMade
    /// A link by which somebody chooses a new password.
    func renewalLink(_ who: SignedIn, of account: AccountID) async throws(AccountRefusal) -> LinkMade
    /// Links that nobody has used yet, after one.
    func links(after id: LinkID?) async throws(AccountRefusal) -> LinkList
    /// Takes a link back.
    func remove(_ link: LinkID) async throws(AccountRefusal)
    /// Closes somebody's account; answers the planned meetings that went with it.
    func close(_ account: AccountID) async throws(AccountRefusal) -> [MeetingID]
}
