internal import HTTPTypes
internal import NIOHTTP1
internal import Signalling

/// A request to become the WebSocket of a meeting, from our own page or from a program, in a version we speak.
struct SocketRequest {
    /// The version of `docs/protocol.md`.
    static let subprotocol = "beraad.1"

    let meeting: MeetingID

    init?(_ head: HTTPRequestHead) {
        let path = String(head.uri.prefix { $0 != "?" })
        guard head.method == .GET, case .found(.socket, let values) = Route.match(.get, path: path),
            let meeting = values["id"].flatMap(MeetingID.init),
            OwnOrigin().admits(origins: head.headers["Origin"], authority: head.headers.first(name: "Host")),
            head.headers[canonicalForm: "Sec-WebSocket-Protocol"].contains(where: { $0 == Self.subprotocol }),
            head.headers["Sec-WebSocket-Version"] == ["13"], head.headers["Sec-WebSocket-Key"].count == 1
        else { return nil }
        self.meeting = meeting
    }

    var responseHeaders: HTTPHeaders {
        ["Sec-WebSocket-Protocol": Self.subprotocol]
    }
}
