/// Every body there is, for the declarations of clients, the OpenAPI document and the tests.
package enum HTTPBodies {
    /// In the order in which they are declared to clients.
    package static let all: [any HTTPBody.Type] = [
        MeetingCreated.self, InviteRegistration.self, NewTickets.self, BlobStanding.self, Problem.self,
        AccountCreation.self, SignIn.self, SecondStep.self, SecondStepAnswer.self, SessionInfo.self,
        PasswordConfirmation.self, PasswordChange.self, PasswordRenewal.self, CodeOffer.self, CodeConfirmation.self,
        RecoveryCodes.self, PasskeyCreation.self, PasskeyRegistration.self, PasskeyList.self, PasskeyRequest.self,
        PasskeyAssertion.self, Invitation.self, LinkMade.self, LinkList.self, AccountList.self, MeetingPlan.self,
        PlannedMeeting.self, PlannedMeetings.self, ReceiptPlaces.self, ReceiptQuery.self, ReceiptFindings.self,
        MeetingSafety.self,
    ]
}
