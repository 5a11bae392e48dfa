extension Catalogue {
    /// Tables `second_step`, `recovery_code` and `passkey`: what somebody has set up beside their password.
    static let secondSteps: [Entry] = [
        .column(
            "second_step", "account", .credentials, .clear, for: .security, .untilEvent(.takenAway), from: .computed,
            nl: "Zegt bij welk account de tweede stap hoort.", en: "Says to which account the second step belongs."),
        CodeSecret.entry,
        .column(
            "second_step", "used_step", .credentials, .clear, for: .security, .untilEvent(.takenAway), from: .computed,
            nl: "Onthoudt de laatst gebruikte code, zodat een afgekeken code niet nog eens werkt.",
            en: "Remembers the code used last, so that one somebody saw does not work again."),
        .column(
            "recovery_code", "code_hash", .credentials, .keyedHash, for: .security, .untilEvent(.takenAway),
            from: .computed,
            nl: "Herkent een herstelcode, één keer, voor wie de telefoon met codes kwijt is.",
            en: "Recognises a recovery code, once, for whoever lost the phone with the codes."),
        .column(
            "recovery_code", "account", .credentials, .clear, for: .security, .untilEvent(.takenAway), from: .computed,
            nl: "Zegt bij welk account de herstelcode hoort.", en: "Says to which account the recovery code belongs."),
        .column(
            "passkey", "id", .credentials, .clear, for: .security, .untilEvent(.takenAway), from: .computed,
            nl: "Willekeurig nummer waaronder iemand een passkey kan intrekken.",
            en: "A random number under which somebody can take a passkey back."),
        .column(
            "passkey", "account", .credentials, .clear, for: .security, .untilEvent(.takenAway), from: .computed,
            nl: "Zegt van welk account de passkey is.", en: "Says of which account the passkey is."),
        .column(
            "passkey", "credential_hash", .credentials, .keyedHash, for: .security, .untilEvent(.takenAway),
            from: .theSubject,
            nl: "Vindt de passkey waarmee iemand zich aanmeldt, zonder dat zij leesbaar in de database staat.",
            en: "Finds the passkey somebody signs in with, without it being readable in the database."),
        PasskeyCredential.entry, PasskeyPublicKey.entry,
        .column(
            "passkey", "sign_count", .credentials, .clear, for: .security, .untilEvent(.takenAway), from: .theSubject,
            nl: "Telt mee met de passkey: springt de teller terug, dan is zij nagemaakt.",
            en: "Counts along with the passkey: when its counter goes back, it was copied."),
    ]
}
