internal import HTTPTypes
internal import Signalling

/// What whoever has an account, or is to get one, asks before they are signed in.
package enum SignInRoute: CaseIterable, Hashable, Sendable {
    /// Ask who is signed in. A page asks before it knows, so that it is nobody is an answer and no refusal.
    case session
    /// Make an account, with a link.
    case create
    /// Choose a new password, with a link.
    case renewPassword
    /// Give address and password.
    case signIn
    /// Give the code that is needed as well.
    case secondStep
    /// Ask what a passkey has to sign.
    case passkeyOptions
    /// Show a passkey.
    case passkey

    var method: HTTPRequest.Method { self == .session ? .get : .post }

    var template: String {
        switch self {
        case .create: "/api/v1/account"
        case .renewPassword: "/api/v1/account/renewal"
        case .session, .signIn: "/api/v1/account/session"
        case .secondStep: "/api/v1/account/session/code"
        case .passkeyOptions: "/api/v1/account/session/passkey/options"
        case .passkey: "/api/v1/account/session/passkey"
        }
    }

    var summary: String {
        switch self {
        case .session: "Who is signed in; 204 where nobody is"
        case .create: "Make an account with the token of a set-up link or an invitation; one is signed in then"
        case .renewPassword: "Choose a new password with the token of a renewal link"
        case .signIn: "Sign in by password; 202 when a code is needed as well"
        case .secondStep: "The code of an app, or a recovery code"
        case .passkeyOptions: "What a passkey has to sign; the body is {}"
        case .passkey: "Sign in by passkey"
        }
    }

    /// What it takes; nil for {}.
    var takes: RecordOutline? {
        switch self {
        case .create: AccountCreation.outline
        case .renewPassword: PasswordRenewal.outline
        case .signIn: SignIn.outline
        case .secondStep: SecondStepAnswer.outline
        case .session, .passkeyOptions: nil
        case .passkey: PasskeyAssertion.outline
        }
    }

    /// What it answers.
    var gives: (status: HTTPResponse.Status, body: RecordOutline?) {
        switch self {
        case .create: (.created, SessionInfo.outline)
        case .renewPassword: (.noContent, nil)
        case .session, .signIn, .secondStep, .passkey: (.ok, SessionInfo.outline)
        case .passkeyOptions: (.ok, PasskeyRequest.outline)
        }
    }
}
