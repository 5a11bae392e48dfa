internal import HTTPTypes
internal import Signalling

/// The OpenAPI 3.1 description of the HTTP interface, made from the list of routes and from Signalling's declarations.
package enum OpenAPI {
    /// The document as JSON.
    package static let document: String = JSON.object([
        JSONMember("openapi", .text("3.1.0")),
        JSONMember(
            "info",
            .object([
                JSONMember("title", .text("Beraad")), JSONMember("version", .text("1")),
                JSONMember(
                    "summary", .text("Meetings are made over HTTP and held over a WebSocket (docs/protocol.md).")),
            ])),
        JSONMember("paths", .object(Self.paths)),
        JSONMember(
            "components", .object([JSONMember("schemas", .object(Self.bodies.map { JSONMember($0.name, $0.schema) }))])
        ),
    ]).encoded

    private static let bodies = HTTPBodies.all.map { $0.outline }

    /// Each path once, with everything that can be asked of it.
    private static var paths: [JSONMember] {
        var paths: [(template: String, operations: [JSONMember])] = []
        for route in Route.allCases {
            let operation = JSONMember(route.method.rawValue.lowercased(), .object(route.operation))
            if let index = paths.firstIndex(where: { $0.template == route.template }) {
                paths[index].operations.append(operation)
            } else {
                paths.append((route.template, [operation]))
            }
        }
        return paths.map { JSONMember($0.template, .object($0.operations)) }
    }
}

extension Route {
    fileprivate var operation: [JSONMember] {
        var members = [JSONMember("summary", .text(self.summary))]
        if !self.parameters.isEmpty { members.append(JSONMember("parameters", .list(self.parameters))) }
        if let body = self.takes { members.append(JSONMember("requestBody", OpenAPI.content(body.name))) }
        if self == .writeBlob {
            members.append(JSONMember("requestBody", .object([JSONMember("content", .object([OpenAPI.octets]))])))
        }
        let success = JSONMember(self.success.0, .object(self.success.1))
        let failure = JSONMember("default", OpenAPI.content(Problem.outline.name, "An error"))
        members.append(JSONMember("responses", .object([success, failure])))
        return members
    }

    private var summary: String {
        switch self {
        case .home: "The client"
        case .meetingPage: "The client, for a meeting's link; the part after # never reaches the server"
        case .privacyPage: "The client, where it says what is processed and kept"
        case .minePage: "The client, where whoever has no account sees what is kept of them"
        case .accountPage: "The client, for what has to do with accounts; a token behind # never reaches the server so"
        case .file: "A file of the client; the release is the hash of all of them"
        case .serviceWorker: "The service worker"
        case .manifest: "The manifest of the installed app"
        case .health: "ok while the server runs"
        case .metrics: "Prometheus text, only for this machine and never through a proxy"
        case .openAPI: "This document"
        case .createMeeting:
            "Make a meeting; for hosts, and without an account for this machine and never through a proxy"
        case .registerInvite: "Make it joinable, once; needs the creation token as a bearer token"
        case .addTickets: "Make more personal links; needs the creation token as a bearer token"
        case .revokeTicket:
            "Take a personal link back, by SHA-256 of its key; needs the creation token as a bearer token"
        case .socket: "The WebSocket of a meeting, subprotocol beraad.1"
        case .writeBlob:
            "Bring a part of a sealed file, at most 1 MiB, where the upload stands; an empty part asks where. Needs the token of file created as a bearer token"
        case .readBlob:
            "Fetch a sealed file, or with Range a part of it (206). Needs the token of file opened as a bearer token"
        case .receiptPlaces: "Where things of people without an account are kept, and where only of those with one"
        case .receiptSearch: "What lies under the tags of a receipt code, which itself stays in the browser"
        case .signIn(let route): route.summary
        case .account(let route): route.summary
        }
    }

    private var takes: RecordOutline? {
        switch self {
        case .registerInvite: InviteRegistration.outline
        case .addTickets: NewTickets.outline
        case .receiptSearch: ReceiptQuery.outline
        case .signIn(let route): route.takes
        case .account(let route): route.takes
        default: nil
        }
    }

    private var success: (String, [JSONMember]) {
        switch self {
        case .createMeeting: Self.success(.created, MeetingCreated.outline)
        case .registerInvite, .addTickets, .revokeTicket: Self.success(.noContent, nil)
        case .socket: ("101", [JSONMember("description", .text("Switching to the WebSocket"))])
        case .writeBlob: Self.success(.ok, BlobStanding.outline)
        case .readBlob:
            (
                "200",
                [
                    JSONMember("description", .text("The sealed object")),
                    JSONMember("content", .object([OpenAPI.octets])),
                ]
            )
        case .receiptPlaces: Self.success(.ok, ReceiptPlaces.outline)
        case .receiptSearch: Self.success(.ok, ReceiptFindings.outline)
        case .signIn(let route): Self.success(route.gives.status, route.gives.body)
        case .account(let route): Self.success(route.gives.status, route.gives.body)
        default: Self.success(.ok, nil)
        }
    }

    private static func success(_ status: HTTPResponse.Status, _ body: RecordOutline?) -> (String, [JSONMember]) {
        let words = status.reasonPhrase
        guard let body, case .object(let content) = OpenAPI.content(body.name, words) else {
            return ("\(status.code)", [JSONMember("description", .text(words))])
        }
        return ("\(status.code)", content)
    }

    private var parameters: [JSON] {
        let inPath = self.template.split(separator: "/").filter { $0.hasPrefix("{") }.map { piece in
            Self.parameter(String(piece.dropFirst().dropLast()), in: "path", isRequired: true, type: "string")
        }
        switch self {
        case .writeBlob: return inPath + [Self.parameter("offset", in: "query", isRequired: true, type: "integer")]
        case .readBlob: return inPath + [Self.parameter("Range", in: "header", isRequired: false, type: "string")]
        default: return inPath
        }
    }

    private static func parameter(_ name: String, in place: String, isRequired: Bool, type: String) -> JSON {
        .object([
            JSONMember("name", .text(name)), JSONMember("in", .text(place)), JSONMember("required", .bool(isRequired)),
            JSONMember("schema", .object([JSONMember("type", .text(type))])),
        ])
    }
}

extension OpenAPI {
    fileprivate static let octets = JSONMember(
        "application/octet-stream", .object([JSONMember("schema", .object([JSONMember("type", .text("string"))]))]))

    fileprivate static func content(_ name: String, _ description: String? = nil) -> JSON {
        let reference = JSON.object([JSONMember("$ref", .text("#/components/schemas/\(name)"))])
        let json = JSON.object([JSONMember("schema", reference)])
        let content = JSONMember("content", .object([JSONMember("application/json", json)]))
        return .object((description.map { [JSONMember("description", .text($0))] } ?? []) + [content])
    }
}

extension RecordOutline {
    fileprivate var schema: JSON {
        .object([
            JSONMember("type", .text("object")),
            JSONMember("required", .list(self.fields.filter { $0.presence == .required }.map { .text($0.name) })),
            JSONMember("additionalProperties", .bool(false)),
            JSONMember("properties", .object(self.fields.map { JSONMember($0.name, $0.outline.schema) })),
        ])
    }
}

extension Outline {
    /// The bodies of HTTP are small; what only messages use is described in `docs/protocol.md`.
    fileprivate var schema: JSON {
        switch self {
        case .text, .named: .object([JSONMember("type", .text("string"))])
        case .whole(let range):
            .object([
                JSONMember("type", .text("integer")), JSONMember("minimum", .whole(range.lowerBound)),
                JSONMember("maximum", .whole(range.upperBound)),
            ])
        case .bool: .object([JSONMember("type", .text("boolean"))])
        case .choice(let words):
            .object([JSONMember("type", .text("string")), JSONMember("enum", .list(words.map { .text($0) }))])
        case .list(let element, let bound):
            .object([
                JSONMember("type", .text("array")), JSONMember("maxItems", .whole(bound)),
                JSONMember("items", element.schema),
            ])
        case .nullable(let wrapped):
            .object([
                JSONMember("anyOf", .list([wrapped.schema, .object([JSONMember("type", .text("null"))])]))
            ])
        case .record(let record): record.schema
        case .union: .object([])
        }
    }
}
