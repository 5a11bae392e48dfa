import HTTPTypes
import NIOCore
import NIOPosix
import Signalling
import Testing

/// Brings and fetches sealed files as a client does, over a group's WebSocket and HTTP.
struct BlobClient {
    let server: TestServer

    /// Room for a file of so many bytes.
    func create(_ size: Int, _ peer: GroupClient) async throws -> FileEvent.Created {
        let before = peer.heard.count
        try await peer.say(.file(.create(.init(size: size))))
        try await peer.run { Self.created(peer.heard.dropFirst(before)) != nil }
        return try #require(Self.created(peer.heard.dropFirst(before)))
    }

    /// A token to fetch one.
    func open(_ blob: BlobID, _ peer: GroupClient) async throws -> BlobToken {
        let before = peer.heard.count
        try await peer.say(.file(.open(.init(blob: blob))))
        try await peer.run { Self.opened(peer.heard.dropFirst(before)) != nil }
        return try #require(Self.opened(peer.heard.dropFirst(before)))
    }

    func post(_ blob: BlobID, _ token: BlobToken, at offset: Int, _ part: [UInt8]) async throws -> TestResponse {
        try await self.server.client.executeRequest(
            uri: "/api/v1/blobs/\(blob.text)?offset=\(offset)", method: .post,
            headers: [.authorization: "Bearer \(token.text)"], body: ByteBuffer(bytes: part))
    }

    func get(
        _ blob: BlobID, _ token: BlobToken, range: String? = nil, method: HTTPRequest.Method = .get
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.authorization: "Bearer \(token.text)"]
        if let range { headers[.range] = range }
        return try await self.server.client.executeRequest(
            uri: "/api/v1/blobs/\(blob.text)", method: method, headers: headers, body: nil)
    }

    /// Brings a whole object.
    func bring(_ object: [UInt8], _ created: FileEvent.Created) async throws {
        for start in stride(from: 0, to: object.count, by: FileLimits.partBytes) {
            let end = min(start + FileLimits.partBytes, object.count)
            let response = try await self.post(created.blob, created.token, at: start, Array(object[start..<end]))
            #expect(try Self.standing(response) == BlobStanding(offset: end, size: object.count))
        }
    }

    static func standing(_ response: TestResponse) throws -> BlobStanding {
        guard response.status == .ok else { throw TestServer.Unexpected() }
        return try BlobStanding(decoding: Array(response.body.readableBytesView))
    }

    static func problem(_ response: TestResponse) -> Problem.Kind? {
        try? Problem(decoding: Array(response.body.readableBytesView)).error
    }

    /// Everything of an answer but its time.
    static func whole(_ response: TestResponse) -> String {
        var headers = response.headers
        headers[.date] = nil
        return "\(response.status) \(headers.map { "\($0.name): \($0.value)" }) \(String(buffer: response.body))"
    }

    private static func created(_ heard: some Sequence<ServerMessage>) -> FileEvent.Created? {
        for case .file(.created(let created)) in heard { return created }
        return nil
    }

    private static func opened(_ heard: some Sequence<ServerMessage>) -> BlobToken? {
        for case .file(.opened(let opened)) in heard { return opened.token }
        return nil
    }
}
