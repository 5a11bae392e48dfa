extension Catalogue {
    /// A plan goes a day after its end, with all that belongs to it.
    static let plannedEnd = Retention.afterEvent(.meetingEnd, .hours(24), ceiling: .days(30))

    /// Table `planned_meeting`: what is about it is ciphertext of its members, the server knows when it is.
    static let planned: [Entry] = [
        .column(
            "planned_meeting", "id", .context, .clear, for: .planning, Self.plannedEnd, readers: [.user],
            from: .computed,
            nl: "Willekeurig nummer van het gesprek, zoals het in de link staat.",
            en: "The meeting's random number, as it stands in the link."),
        .column(
            "planned_meeting", "owner", .context, .clear, for: .planning, Self.plannedEnd, from: .computed,
            nl: "Zegt van wie de afspraak is, zodat alleen die haar ziet, wijzigt of verwijdert.",
            en: "Says whose appointment it is, so that only they see, change or delete it."),
        .column(
            "planned_meeting", "card", .context, .memberCiphertext, for: .planning, Self.plannedEnd, readers: [.user],
            from: .theSubject,
            nl: "Onderwerp en agenda, versleuteld in de browser; de server kan ze niet lezen.",
            en: "Topic and agenda, encrypted in the browser; the server cannot read them."),
        .column(
            "planned_meeting", "starts_at", .context, .clear, for: .planning, Self.plannedEnd, readers: [.user],
            from: .theSubject,
            nl: "Wanneer het gesprek begint: zet het in de lijst, en laat het daarna verdwijnen.",
            en: "When the meeting begins: puts it into the list, and lets it go afterwards."),
        .column(
            "planned_meeting", "minutes", .context, .clear, for: .planning, Self.plannedEnd, readers: [.user],
            from: .theSubject,
            nl: "Hoe lang het gesprek duurt, en dus wanneer de afspraak mag verdwijnen.",
            en: "How long the meeting lasts, and so when the appointment may go."),
        .column(
            "planned_meeting", "profile", .context, .clear, for: .planning, Self.plannedEnd, readers: [.user],
            from: .theSubject,
            nl: "Het soort gesprek, waaruit de instellingen volgen waarmee het begint.",
            en: "The kind of meeting, from which follow the settings it begins with."),
        .column(
            "planned_meeting", "token_hash", .credentials, .keyedHash, for: .planning, Self.plannedEnd, from: .computed,
            nl: "Herkent wie het gesprek mag openstellen en persoonlijke links mag maken of intrekken.",
            en: "Recognises who may open the meeting, and make or take back personal links."),
        PlannedRegistration.entry,
    ]
}
