import BeraadTesting
import Edge
import Foundation
import HTTPTypes
import NIOCore
import NIOPosix
import Privacy
import Server
import Signalling
import Testing

@Suite("Sealed files over HTTP", .promise("P-042"))
struct BlobTests {
    private static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    }

    /// A host who is in, and a meeting.
    private static func host(
        limits: EdgeLimits = EdgeLimits(), data: URL? = nil, blobBytes: Int = 1 << 36,
        time: TestServer.Time = .stands,
        _ body: @escaping @Sendable (TestServer, TestMeeting, GroupClient) async throws -> Void
    ) async throws {
        try await TestServer.run(limits: limits, data: data, blobBytes: blobBytes, time: time) { server in
            let meeting = try await server.meeting(capacity: 5)
            try await TestSocket.open(server, meeting.id) { socket in
                let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                try await host.found()
                try await body(server, meeting, host)
            }
        }
    }

    @Test("a file is brought in parts and comes back whole, as bytes that no browser shows", .timeLimit(.minutes(1)))
    func whole() async throws {
        try await Self.host { server, _, host in
            let client = BlobClient(server: server)
            let object = Self.bytes(2 * FileLimits.partBytes + 5)
            let created = try await client.create(object.count, host)
            try await client.bring(object, created)
            let token = try await client.open(created.blob, host)
            let response = try await client.get(created.blob, token)
            #expect(response.status == .ok && Array(response.body.readableBytesView) == object)
            #expect(response.headers[.contentType] == "application/octet-stream")
            #expect(response.headers[.contentDisposition] == "attachment")
            #expect(response.headers[.cacheControl] == "no-store")
            #expect(response.headers[.xContentTypeOptions] == "nosniff")
            #expect(response.headers[HTTPField.Name("Cross-Origin-Resource-Policy")!] == "same-origin")
            let head = try await client.get(created.blob, token, method: .head)
            #expect(head.headers[.contentLength] == String(object.count) && head.body.readableBytes == 0)
            // One token is for bringing, the other for fetching.
            #expect(try await client.get(created.blob, created.token).status == .unauthorized)
            #expect(try await client.post(created.blob, token, at: 0, [1]).status == .unauthorized)
        }
    }

    @Test("an upload goes on where it stands, in order, and not past its end", .timeLimit(.minutes(1)))
    func resume() async throws {
        try await Self.host { server, _, host in
            let client = BlobClient(server: server)
            let created = try await client.create(10, host)
            func post(_ offset: Int, _ part: [UInt8]) async throws -> TestResponse {
                try await client.post(created.blob, created.token, at: offset, part)
            }
            #expect(try await BlobClient.standing(post(0, [])) == BlobStanding(offset: 0, size: 10))
            #expect(try await BlobClient.standing(post(0, Self.bytes(4))) == BlobStanding(offset: 4, size: 10))
            for offset in [0, 3, 5, 10] {
                #expect(try await BlobClient.problem(post(offset, [1])) == .conflict, "\(offset)")
            }
            #expect(try await BlobClient.problem(post(4, Self.bytes(7))) == .conflict)
            #expect(try await BlobClient.standing(post(0, [])) == BlobStanding(offset: 4, size: 10))
            #expect(
                try await BlobClient.standing(post(4, Array(Self.bytes(10)[4...])))
                    == BlobStanding(offset: 10, size: 10))
            let token = try await client.open(created.blob, host)
            #expect(try await Array(client.get(created.blob, token).body.readableBytesView) == Self.bytes(10))
        }
    }

    @Test("a range is what was asked for, and one that is not there is refused", .timeLimit(.minutes(1)))
    func ranges() async throws {
        try await Self.host { server, _, host in
            let client = BlobClient(server: server)
            let object = Self.bytes(300_000)
            let created = try await client.create(object.count, host)
            try await client.bring(object, created)
            let token = try await client.open(created.blob, host)
            for (text, range) in [
                ("bytes=0-0", 0..<1), ("bytes=299999-", 299_999..<300_000), ("bytes=-1", 299_999..<300_000),
                ("bytes=5-300005", 5..<300_000), ("bytes=-999999", 0..<300_000),
                ("bytes=262143-262144", 262_143..<262_145),
            ] {
                let response = try await client.get(created.blob, token, range: text)
                #expect(response.status == .partialContent, "\(text)")
                #expect(Array(response.body.readableBytesView) == Array(object[range]), "\(text)")
                let named = "bytes \(range.lowerBound)-\(range.upperBound - 1)/300000"
                #expect(response.headers[.contentRange] == named, "\(text)")
            }
            for text in [
                "bytes=300000-", "bytes=300000-300001", "bytes=2-1", "bytes=-0", "bytes=-", "bytes=", "bytes=a-b",
                "bytes=0-1,3-4", "bytes=+1-2", "octets=0-1", "bytes=99999999999999999999-",
            ] {
                let response = try await client.get(created.blob, token, range: text)
                #expect(response.status == .rangeNotSatisfiable, "\(text)")
                #expect(response.headers[.contentRange] == "bytes */300000", "\(text)")
            }
        }
    }

    @Test(
        "a file that is not there, a wrong token, another's and another meeting's have one answer", .promise("P-007"),
        .timeLimit(.minutes(1)))
    func unknown() async throws {
        try await Self.host { server, _, host in
            let client = BlobClient(server: server)
            let created = try await client.create(4, host)
            try await client.bring(Self.bytes(4), created)
            let token = try await client.open(created.blob, host)
            let unfinished = try await client.create(4, host)
            let other = try await server.meeting()
            try await TestSocket.open(server, other.id) { socket in
                let stranger = try GroupClient(socket, other, as: .host, name: "Bram")
                try await stranger.found()
                let theirs = try await client.create(4, stranger)
                try await client.bring(Self.bytes(4), theirs)
                let foreign = try await client.open(theirs.blob, stranger)
                let noBlob = BlobID(bytes: [UInt8](repeating: 1, count: 16))
                let noToken = BlobToken(bytes: [UInt8](repeating: 1, count: 32))
                var reads: Set<String> = [], writes: Set<String> = []
                for (blob, token) in [
                    (noBlob, token), (created.blob, noToken), (created.blob, foreign), (theirs.blob, token),
                    (unfinished.blob, token), (unfinished.blob, unfinished.token),
                ] {
                    reads.insert(BlobClient.whole(try await client.get(blob, token)))
                }
                for (blob, token) in [
                    (noBlob, unfinished.token), (unfinished.blob, noToken), (unfinished.blob, theirs.token),
                    (theirs.blob, unfinished.token),
                ] {
                    writes.insert(BlobClient.whole(try await client.post(blob, token, at: 0, [1])))
                }
                #expect(reads.count == 1 && writes.count == 1 && reads.allSatisfy { $0.contains("401") })
                let bare = try await server.get("/api/v1/blobs/\(created.blob.text)")
                let odd = try await server.get("/api/v1/blobs/x", [.authorization: "Bearer \(token.text)"])
                #expect(reads == [BlobClient.whole(bare)] && reads == [BlobClient.whole(odd)])
                // Nor does the WebSocket of one meeting know files of another.
                try await stranger.say(.file(.open(.init(blob: created.blob))))
                let gone = ServerMessage.file(.failed(.init(blob: created.blob, failure: .gone)))
                try await stranger.run { stranger.heard.contains(gone) }
            }
        }
    }

    @Test("a body that is too large is cut off, and a part with no place is malformed", .timeLimit(.minutes(1)))
    func tooLarge() async throws {
        try await Self.host { server, _, host in
            let client = BlobClient(server: server)
            let created = try await client.create(FileLimits.partBytes + 1, host)
            let announced = try await client.post(
                created.blob, created.token, at: 0, [UInt8](repeating: 0, count: FileLimits.partBytes + 1))
            #expect(announced.status == .contentTooLarge && announced.headers[.connection] == "close")
            // Nothing announces its length, and there is no end to it: the server hangs up.
            let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
            let answer = try await server.raw(
                Self.head(server, created, "Transfer-Encoding: chunked") + String(repeating: chunk, count: 17))
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            for query in ["", "?offset=", "?offset=-1", "?offset=x", "?offset=1&offset=2", "?start=0"] {
                let response = try await server.client.executeRequest(
                    uri: "/api/v1/blobs/\(created.blob.text)\(query)", method: .post,
                    headers: [.authorization: "Bearer \(created.token.text)"], body: ByteBuffer(bytes: [1]))
                #expect(BlobClient.problem(response) == .malformed, "\(query)")
            }
            let standing = try await client.post(created.blob, created.token, at: 0, [])
            #expect(try BlobClient.standing(standing).offset == 0)
        }
    }

    @Test("whoever sends too slowly is cut, and nothing of the part stays", .timeLimit(.minutes(1)))
    func slow() async throws {
        try await Self.host(limits: EdgeLimits(transferPatience: .milliseconds(300))) { server, _, host in
            let client = BlobClient(server: server)
            let created = try await client.create(100, host)
            let answer = try await server.raw(Self.head(server, created, "Content-Length: 100") + "x")
            #expect(!answer.hasPrefix("HTTP/1.1 200"))
            let standing = try await client.post(created.blob, created.token, at: 0, [])
            #expect(try BlobClient.standing(standing).offset == 0)
        }
    }

    @Test("where all places are taken the answer is to come back", .timeLimit(.minutes(1)))
    func busy() async throws {
        try await Self.host(limits: EdgeLimits(uploadsAtMost: 0, downloadsAtMost: 0)) { server, _, host in
            let client = BlobClient(server: server)
            let created = try await client.create(4, host)
            let response = try await client.post(created.blob, created.token, at: 0, [1])
            #expect(response.status == .serviceUnavailable && response.headers[.retryAfter] == "2")
        }
    }

    @Test("where the disk is full that is the answer, and not to come back", .timeLimit(.minutes(1)))
    func full() async throws {
        try await Self.host(blobBytes: 3) { server, _, host in
            let client = BlobClient(server: server)
            let created = try await client.create(4, host)
            let response = try await client.post(created.blob, created.token, at: 0, Self.bytes(4))
            #expect(response.status.code == 507 && BlobClient.problem(response) == .full)
            #expect(response.headers[.retryAfter] == nil)
            #expect(try server.blobs().isEmpty)
        }
    }

    private static func head(_ server: TestServer, _ created: FileEvent.Created, _ length: String) -> String {
        """
        POST /api/v1/blobs/\(created.blob.text)?offset=0 HTTP/1.1\r
        Host: \(server.authority)\r
        Authorization: Bearer \(created.token.text)\r
        \(length)\r
        \r

        """
    }

    @Test(
        "on disk lies a file of a random name that its owner alone may read, and it goes when it is taken back",
        .timeLimit(.minutes(1)))
    func disk() async throws {
        try await Self.host { server, _, host in
            let client = BlobClient(server: server)
            let created = try await client.create(4, host)
            #expect(try server.blobs().isEmpty, "a promise of bytes makes no file")
            try await client.bring(Self.bytes(4), created)
            let name = try #require(try server.blobs().first)
            let path = server.data.appending(path: "blobs/\(name)").path(percentEncoded: false)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            let id = Signalling.Base64URL.decode(created.blob.text) ?? []
            #expect(name.count == 32 && name != id.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
            let token = try await client.open(created.blob, host)
            try await host.say(.file(.retract(.init(blob: created.blob))))
            try await host.run { host.heard.contains(.file(.retracted(.init(blob: created.blob)))) }
            #expect(try await client.get(created.blob, token).status == .unauthorized)
            // The disk is told at once and may be slow.
            while try !server.blobs().isEmpty { _ = try await server.get("/healthz") }
        }
    }

    @Test("what lies in the folder has a row in the catalogue", .promise("P-071"), .timeLimit(.minutes(1)))
    func catalogued() async throws {
        try await Self.host { server, _, host in
            let client = BlobClient(server: server)
            try await client.bring(Self.bytes(4), try await client.create(4, host))
            let claim = try FolderClaim(of: server.data)
            let path = server.data.path(percentEncoded: false)
            let found = try FileManager.default.subpathsOfDirectory(atPath: path).filter { $0 != "blobs" }
                .map { Place.file($0.replacing(#/^blobs\/[0-9a-f]{32}$/#, with: "blobs/{blob}")) }
            #expect(Set(found) == [.file("blobs/{blob}"), .file("serving")])
            #expect(Set(Catalogue.files.map(\.place)).isSuperset(of: found))
            _ = consume claim
        }
    }

    @Test("what a crash left is gone at the start, and nothing is left when the server stops", .timeLimit(.minutes(1)))
    func ends() async throws {
        let data = FileManager.default.temporaryDirectory.appending(path: "beraad-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: data) }  // a left-over folder harms nobody
        let blobs = data.appending(path: "blobs")
        try FileManager.default.createDirectory(at: blobs, withIntermediateDirectories: true)
        let old = blobs.appending(path: String(repeating: "0a", count: 16))
        try Data([1]).write(to: old)
        try await Self.host(data: data, time: .passes) { server, _, host in
            #expect(try server.blobs().isEmpty)
            let path = server.data.appending(path: "blobs").path(percentEncoded: false)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o700)
            let client = BlobClient(server: server)
            let created = try await client.create(4, host)
            try await client.bring(Self.bytes(4), created)
            #expect(try server.blobs().count == 1)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: blobs.path(percentEncoded: false)) == [])
    }

    @Test(
        "when the last one leaves nothing stays on disk, though somebody stands at the door", .timeLimit(.minutes(1)))
    func knocker() async throws {
        try await Self.host(time: .passes) { server, meeting, host in
            let client = BlobClient(server: server)
            try await client.bring(Self.bytes(4), try await client.create(4, host))
            try await TestSocket.open(server, meeting.id) { socket in
                let guest = try GroupClient(socket, meeting, as: .guest, name: "Bram")
                try await guest.enter()
                #expect(try server.blobs().count == 1)
                try await host.leave()
                while try !server.blobs().isEmpty { _ = try await server.get("/healthz") }
                // Who stood there still does.
                try await guest.say(.session(.ping(.init(nonce: 7))))
                try await guest.run { guest.heard.contains(.session(.pong(.init(nonce: 7)))) }
            }
        }
    }

    @Test("whoever leaves fetches nothing more", .timeLimit(.minutes(1)))
    func leaves() async throws {
        try await Self.host { server, _, host in
            let client = BlobClient(server: server)
            let created = try await client.create(4, host)
            try await client.bring(Self.bytes(4), created)
            let token = try await client.open(created.blob, host)
            try await host.leave()
            #expect(try await client.get(created.blob, token).status == .unauthorized)
        }
    }
}
