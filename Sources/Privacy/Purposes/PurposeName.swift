/// Everything that data may be read for. The list is closed (`privacy.md` 2.4): there is no case for marketing,
/// analytics, profiling or training, so no code can say one. A test compares it with its golden copy.
package enum PurposeName: String, CaseIterable, Sendable {
    case provideMeeting, admit, planMeeting, authenticate, authorise, keepContent, publishStream, register, attendance
    case protectService, measureQuality, support, answerRights, demonstrateCompliance, serviceMail, chosenMail
    case reviewAbuse, answerAuthorities, restoreService, countHosting

    /// As the data sheet calls it, in Dutch.
    package var nl: String {
        switch self {
        case .provideMeeting: "gesprek mogelijk maken"
        case .admit: "toelaten en weigeren"
        case .planMeeting: "plannen en uitnodigen"
        case .authenticate: "aanmelden"
        case .authorise: "rollen en rechten"
        case .keepContent: "bewaren op verzoek van de eigenaar"
        case .publishStream: "uitzenden met toestemming"
        case .register: "inschrijven"
        case .attendance: "aanwezigheid na eigen keuze"
        case .protectService: "misbruik en overbelasting weren"
        case .measureQuality: "kwaliteit in aantallen, zonder personen"
        case .support: "hulp met toestemming per ticket"
        case .answerRights: "verzoeken van betrokkenen"
        case .demonstrateCompliance: "verantwoording"
        case .serviceMail: "noodzakelijke berichten"
        case .chosenMail: "berichten die iemand zelf aanzette"
        case .reviewAbuse: "meldingen beoordelen"
        case .answerAuthorities: "vorderingen behandelen"
        case .restoreService: "back-up en herstel"
        case .countHosting: "hostrechten tellen"
        }
    }

    /// As the data sheet calls it, in English.
    package var en: String {
        switch self {
        case .provideMeeting: "making the meeting possible"
        case .admit: "letting people in and turning them away"
        case .planMeeting: "planning and inviting"
        case .authenticate: "signing in"
        case .authorise: "roles and rights"
        case .keepContent: "keeping at the owner's request"
        case .publishStream: "streaming with consent"
        case .register: "registration"
        case .attendance: "attendance by one's own choice"
        case .protectService: "keeping off abuse and overload"
        case .measureQuality: "quality in numbers, without persons"
        case .support: "help with consent for each ticket"
        case .answerRights: "requests of the people concerned"
        case .demonstrateCompliance: "accountability"
        case .serviceMail: "necessary messages"
        case .chosenMail: "messages that somebody switched on"
        case .reviewAbuse: "judging reports"
        case .answerAuthorities: "handling demands of authorities"
        case .restoreService: "back-up and recovery"
        case .countHosting: "counting rights to host"
        }
    }
}
