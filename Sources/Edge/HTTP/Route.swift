package import HTTPTypes
package import Meeting

/// Everything this server answers over HTTP, once: the router, the OpenAPI document and the tests read this list.
package enum Route: CaseIterable, Hashable, Sendable {
    /// The client's start page.
    case home
    /// The same page for a meeting's link.
    case meetingPage
    /// The same page for what is processed and kept, and what settings do.
    case privacyPage
    /// The same page for what is kept of whoever has no account.
    case minePage
    /// The same page for what has to do with accounts.
    case accountPage(AccountPage)
    /// A file of the client.
    case file
    /// The service worker, which must stand at the root.
    case serviceWorker
    /// The manifest of the installed app.
    case manifest
    /// Is the server alive?
    case health
    /// Counters for Prometheus.
    case metrics
    /// This list, for machines.
    case openAPI
    /// Make a meeting.
    case createMeeting
    /// Register its invite.
    case registerInvite
    /// Make more personal links.
    case addTickets
    /// Take one back.
    case revokeTicket
    /// The WebSocket of a meeting.
    case socket
    /// Bring a part of a sealed file.
    case writeBlob
    /// Fetch a sealed file, or a range of it.
    case readBlob
    /// Ask where this server keeps what.
    case receiptPlaces
    /// Ask what lies under the tags of a receipt code.
    case receiptSearch
    /// Something that leads to being signed in.
    case signIn(SignInRoute)
    /// Something of whoever is signed in.
    case account(AccountRoute)

    /// All of them.
    package static let allCases: [Route] =
        [
            .home, .meetingPage, .privacyPage, .minePage, .file, .serviceWorker, .manifest, .health, .metrics,
            .openAPI, .createMeeting, .registerInvite, .addTickets, .revokeTicket, .socket, .writeBlob, .readBlob,
            .receiptPlaces, .receiptSearch,
        ] + AccountPage.allCases.map(Route.accountPage) + SignInRoute.allCases.map(Route.signIn)
        + AccountRoute.allCases.map(Route.account)

    /// Where the one page is answered: to people, whose program reads the path. An installed program and `beraad verify` read
    /// this list, and `Tests/EdgeTests/RoutesTests.swift` that no other answers it.
    package static let pages: [Route] =
        [.home, .meetingPage, .privacyPage, .minePage] + AccountPage.allCases.map(Route.accountPage)

    /// What it does, for the table of permissions. Who may make a meeting is for the installation to say; what anyone may on
    /// this machine, hosts may from elsewhere.
    package func action(_ creators: Creators) -> Action {
        switch self {
        case .home, .meetingPage, .privacyPage, .minePage, .accountPage, .file, .serviceWorker, .manifest, .health,
            .openAPI, .receiptPlaces:
            .usePages
        case .metrics: .readMetrics
        case .createMeeting:
            switch creators {
            case .anyone: .createMeetingHere
            case .accounts: .createMeeting
            }
        case .registerInvite, .addTickets, .revokeTicket, .socket: .joinMeeting
        case .writeBlob, .readBlob: .exchangeFiles
        case .receiptSearch: .searchByReceipt
        case .signIn: .signIn
        case .account(let route): route.action
        }
    }

    /// The only method it takes; `HEAD` comes with `GET`.
    package var method: HTTPRequest.Method {
        switch self {
        case .createMeeting, .addTickets, .writeBlob, .receiptSearch: .post
        case .registerInvite: .put
        case .revokeTicket: .delete
        case .signIn(let route): route.method
        case .account(let route): route.method
        default: .get
        }
    }

    /// The path with `{names}` for what varies; `{path}` takes the rest.
    package var template: String {
        switch self {
        case .home: "/"
        case .meetingPage: "/m/{id}"
        case .privacyPage: "/privacy"
        case .minePage: "/mine"
        case .accountPage(let page): page.rawValue
        case .file: "/a/{release}/{path}"
        case .serviceWorker: "/sw.js"
        case .manifest: "/manifest.webmanifest"
        case .health: "/healthz"
        case .metrics: "/metrics"
        case .openAPI: "/api/v1/openapi.json"
        case .createMeeting: "/api/v1/meetings"
        case .registerInvite: "/api/v1/meetings/{id}/invite"
        case .addTickets: "/api/v1/meetings/{id}/tickets"
        case .revokeTicket: "/api/v1/meetings/{id}/tickets/{hash}"
        case .socket: "/api/v1/meetings/{id}/socket"
        case .writeBlob, .readBlob: "/api/v1/blobs/{blob}"
        case .receiptPlaces, .receiptSearch: "/api/v1/mine"
        case .signIn(let route): route.template
        case .account(let route): route.template
        }
    }

    /// What a request asks for.
    enum Match {
        case found(Route, [String: String])
        case methodNotAllowed(allowed: [HTTPRequest.Method])
        case notFound
    }

    static func match(_ method: HTTPRequest.Method, path: String) -> Match {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        var allowed: [HTTPRequest.Method] = []
        for route in Self.allCases {
            guard let values = route.values(of: parts) else { continue }
            if route.method == method || (method == .head && route.method == .get) { return .found(route, values) }
            allowed.append(route.method)
        }
        return allowed.isEmpty ? .notFound : .methodNotAllowed(allowed: allowed)
    }

    private func values(of parts: [String]) -> [String: String]? {
        let pattern = self.template.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        var values: [String: String] = [:]
        for (index, piece) in pattern.enumerated() {
            guard index < parts.count else { return nil }
            if piece == "{path}" {
                values["path"] = parts[index...].joined(separator: "/")
                return values
            }
            if piece.hasPrefix("{") {
                guard !parts[index].isEmpty else { return nil }
                values[String(piece.dropFirst().dropLast())] = parts[index]
            } else if piece != parts[index] {
                return nil
            }
        }
        return pattern.count == parts.count ? values : nil
    }
}
