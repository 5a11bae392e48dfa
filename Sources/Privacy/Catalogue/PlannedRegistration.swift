/// What a planned meeting was registered with, so that it can be joined after a restart as well.
package enum PlannedRegistration: Field {
    /// As `RegisteredMeeting` of the meeting's rules writes it.
    package typealias Value = [UInt8]

    /// Its row.
    package static let entry = Entry.column(
        "planned_meeting", "registration", .context, .sealedPerSubject,
        for: [Entry.Use(.provideMeeting, .contract)], Catalogue.plannedEnd, from: .theSubject,
        nl:
            "Laat een gepland gesprek ook na een herstart openen: de ondertekende beschrijving, de persoonlijke links en een afdruk van de toegangscode.",
        en:
            "Lets a planned meeting open after a restart as well: its signed description, its personal links and a keyed hash of its passcode."
    )
}

/// Who may read it.
package protocol MayReadPlannedRegistration: Purpose {}
extension ProvideMeeting: MayReadPlannedRegistration {}

extension Personal where F == PlannedRegistration {
    /// Its bytes.
    package func read<P: MayReadPlannedRegistration>(
        for purpose: P.Type, _ ledger: PurposeLedger
    ) throws(SealFailure) -> [UInt8] {
        try self.open(for: purpose, ledger)
    }
}
