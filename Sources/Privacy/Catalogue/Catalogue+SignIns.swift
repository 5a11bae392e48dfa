extension Catalogue {
    /// Until when a sign-in counts (`privacy.md` 3.4).
    private static let signInEnd = Retention.afterEvent(.lastUse, .hours(12), ceiling: .days(30))
    /// The longest of the links, an invitation.
    private static let linkEnd = Retention.afterEvent(.made, .days(7), ceiling: .days(7))

    /// Tables `session` and `link`.
    static let signIns: [Entry] = [
        .column(
            "session", "token_hash", .credentials, .keyedHash, for: .signIn, Self.signInEnd, from: .computed,
            nl: "Herkent de browser waarin iemand is ingelogd, zonder dat de database de sleutel daarvan heeft.",
            en: "Recognises the browser somebody is signed in with, without the database having its key."),
        .column(
            "session", "account", .credentials, .clear, for: .signIn, Self.signInEnd, from: .computed,
            nl: "Zegt wie er is ingelogd, en laat iemand overal tegelijk uitloggen.",
            en: "Says who is signed in, and lets somebody sign out everywhere at once."),
        .column(
            "session", "made_at", .credentials, .clear, for: .security, Self.signInEnd, from: .computed,
            nl: "Laat een aanmelding na dertig dagen eindigen, hoe vaak zij ook wordt gebruikt.",
            en: "Ends a sign-in after thirty days, however often it is used."),
        .column(
            "session", "used_at", .credentials, .clear, for: .security, Self.signInEnd, from: .computed,
            nl: "Laat een aanmelding eindigen die twaalf uur niet is gebruikt; op vijf minuten nauwkeurig.",
            en: "Ends a sign-in that was not used for twelve hours; to five minutes."),
        .column(
            "session", "confirmed_at", .credentials, .clear, for: .security, Self.signInEnd, from: .computed,
            nl:
                "Zegt hoe lang geleden het wachtwoord is gevraagd, want wie gevaarlijke dingen doet, geeft het opnieuw.",
            en: "Says how long ago the password was asked for, since whoever does dangerous things gives it again."),
        .column(
            "link", "token_hash", .credentials, .keyedHash, for: .security, Self.linkEnd, from: .computed,
            nl: "Herkent een eenmalige link om een account te maken of een wachtwoord te vernieuwen.",
            en: "Recognises a one-time link for making an account or renewing a password."),
        .column(
            "link", "kind", .credentials, .clear, for: .security, Self.linkEnd, from: .computed,
            nl: "Zegt waarvoor een eenmalige link is: instellen, uitnodigen of vernieuwen.",
            en: "Says what a one-time link is for: setting up, inviting or renewing."),
        .column(
            "link", "account", .credentials, .clear, for: .security, Self.linkEnd, from: .anotherPerson,
            nl: "Zegt wiens wachtwoord een link vernieuwt; bij andere links staat hier niets.",
            en: "Says whose password a link renews; with other links nothing stands here."),
        .column(
            "link", "roles", .account, .clear, for: .rights, Self.linkEnd, from: .anotherPerson,
            nl: "Zegt wat iemand die wordt uitgenodigd, straks mag.",
            en: "Says what somebody who is invited may do later on."),
        .column(
            "link", "expires_at", .credentials, .clear, for: .security, Self.linkEnd, from: .computed,
            nl: "Laat een eenmalige link eindigen die niemand gebruikt.",
            en: "Ends a one-time link that nobody uses."),
    ]
}
