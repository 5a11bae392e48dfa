/// How many personal links one meeting has.
package enum TicketLimits {
    /// At a time: as many as people fit.
    package static let alive = 100
    /// In all, those that were taken back included.
    package static let ever = 300
}

/// More personal links for a meeting that can be joined.
package struct NewTickets: Equatable, Sendable {
    /// Their certificates.
    package var tickets: [TicketCertificate]

    /// More personal links.
    package init(tickets: [TicketCertificate]) {
        self.tickets = tickets
    }
}

extension NewTickets: RecordBody {
    static let record = Record<Self>(
        "NewTickets", Self.init, .required("tickets", \.tickets, .list(.id, atMost: TicketLimits.alive)))
}
