internal import HTTPTypes
package import Meeting
internal import Signalling

/// What only whoever is signed in may ask.
package enum AccountRoute: CaseIterable, Hashable, Sendable {
    // Oneself
    case signOut, signOutEverywhere, confirm, changePassword, close
    // What keeps others out
    case offerCodes, confirmCodes, dropCodes
    case passkeys, passkeyOptions, addPasskey, removePasskey
    // Planned meetings
    case planned, plan, changePlan, cancelPlan, safety
    // Others
    case accounts, invite, renewalLink, links, removeLink, closeOther

    var method: HTTPRequest.Method {
        switch self {
        case .passkeys, .planned, .safety, .accounts, .links: .get
        case .confirm, .offerCodes, .passkeyOptions, .addPasskey, .plan, .invite, .renewalLink: .post
        case .changePassword, .confirmCodes, .changePlan: .put
        case .signOut, .signOutEverywhere, .close, .dropCodes, .removePasskey, .cancelPlan, .removeLink, .closeOther:
            .delete
        }
    }

    var template: String {
        switch self {
        case .signOut: "/api/v1/account/session"
        case .signOutEverywhere: "/api/v1/account/sessions"
        case .confirm: "/api/v1/account/session/password"
        case .changePassword: "/api/v1/account/password"
        case .close: "/api/v1/account"
        case .offerCodes, .confirmCodes, .dropCodes: "/api/v1/account/codes"
        case .passkeys, .addPasskey: "/api/v1/account/passkeys"
        case .passkeyOptions: "/api/v1/account/passkeys/options"
        case .removePasskey: "/api/v1/account/passkeys/{id}"
        case .planned, .plan: "/api/v1/account/meetings"
        case .changePlan, .cancelPlan: "/api/v1/account/meetings/{id}"
        case .safety: "/api/v1/meetings/{id}/safety"
        case .accounts: "/api/v1/accounts"
        case .invite: "/api/v1/accounts/invitations"
        case .renewalLink: "/api/v1/accounts/{id}/renewal"
        case .links: "/api/v1/accounts/links"
        case .removeLink: "/api/v1/accounts/links/{id}"
        case .closeOther: "/api/v1/accounts/{id}"
        }
    }

    /// What it does, for the table of permissions.
    package var action: Action {
        switch self {
        case .signOut, .signOutEverywhere, .confirm, .changePassword, .passkeys: .ownAccount
        case .close, .offerCodes, .confirmCodes, .dropCodes, .passkeyOptions, .addPasskey, .removePasskey:
            .secureOwnAccount
        case .planned, .plan, .changePlan, .cancelPlan, .safety: .planMeetings
        case .accounts, .links: .listAccounts
        case .invite, .removeLink: .inviteAccounts
        case .renewalLink: .renewPasswords
        case .closeOther: .deleteAccounts
        }
    }

    var summary: String {
        switch self {
        case .signOut: "Sign out"
        case .signOutEverywhere: "Sign out in every browser"
        case .confirm: "Give the password again, as dangerous things need it within five minutes"
        case .changePassword: "Choose a new password; every other browser is signed out"
        case .close: "Close one's own account; nothing of it is left"
        case .offerCodes: "A new secret for an app that makes codes; the body is {}"
        case .confirmCodes: "A first code of it: from now on codes are asked for"
        case .dropCodes: "A password is enough again"
        case .passkeys: "One's passkeys"
        case .passkeyOptions: "What a browser needs to make a passkey; the body is {}"
        case .addPasskey: "A passkey that a browser made"
        case .removePasskey: "Take a passkey back"
        case .planned: "One's planned meetings; ?after= goes on behind one"
        case .plan: "Plan a meeting"
        case .changePlan: "Change a plan"
        case .cancelPlan: "Cancel a plan"
        case .safety: "The safety checklist of one's own planned meeting"
        case .accounts: "All accounts; ?after= goes on behind one"
        case .invite: "A one-time link by which somebody makes an account"
        case .renewalLink: "A one-time link by which somebody chooses a new password; the body is {}"
        case .links: "One-time links that nobody has used yet; ?after= goes on behind one"
        case .removeLink: "Take a one-time link back"
        case .closeOther: "Close somebody's account; nothing of it is left"
        }
    }

    /// What it takes; nil for {}, or for nothing where there is no body.
    var takes: RecordOutline? {
        switch self {
        case .confirm: PasswordConfirmation.outline
        case .changePassword: PasswordChange.outline
        case .confirmCodes: CodeConfirmation.outline
        case .addPasskey: PasskeyRegistration.outline
        case .plan, .changePlan: MeetingPlan.outline
        case .invite: Invitation.outline
        default: nil
        }
    }

    /// What it answers.
    var gives: (status: HTTPResponse.Status, body: RecordOutline?) {
        switch self {
        case .changePassword: (.ok, SessionInfo.outline)
        case .offerCodes: (.ok, CodeOffer.outline)
        case .confirmCodes: (.ok, RecoveryCodes.outline)
        case .passkeys: (.ok, PasskeyList.outline)
        case .passkeyOptions: (.ok, PasskeyCreation.outline)
        case .addPasskey: (.created, PasskeyList.outline)
        case .planned: (.ok, PlannedMeetings.outline)
        case .plan: (.created, PlannedMeeting.outline)
        case .safety: (.ok, MeetingSafety.outline)
        case .accounts: (.ok, AccountList.outline)
        case .invite, .renewalLink: (.created, LinkMade.outline)
        case .links: (.ok, LinkList.outline)
        case .signOut, .signOutEverywhere, .confirm, .close, .dropCodes, .removePasskey, .changePlan, .cancelPlan,
            .removeLink, .closeOther:
            (.noContent, nil)
        }
    }
}
