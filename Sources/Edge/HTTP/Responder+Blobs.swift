internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Signalling

/// Bytes of sealed files. Whatever is wrong with an id or a token, the answer is one and the same.
extension Responder {
    /// How much is read and written at once.
    private static let pieceBytes = 262_144

    /// Takes a part of an upload; an empty one only asks how far it has come.
    func writeBlob(_ id: String, _ request: Request, _ caller: Caller) async -> Response {
        guard let (blob, token) = Self.named(id, request), let standing = await self.door.standing(of: blob, token)
        else { return self.cutOff(.unauthorized, caller) }
        guard let offset = Self.offset(request.uri.query) else { return self.cutOff(.malformed, caller) }
        guard let holder = await self.door.holder(of: blob, token) else { return self.cutOff(.unauthorized, caller) }
        guard let place = self.transfers.place(.coming, token, of: holder) else {
            return self.cutOff(.busy, caller, retryAfter: 2)
        }
        defer { withExtendedLifetime(place) {} }
        // Whoever sends more slowly than this holds the place of others.
        let patience = caller.cut(after: self.limits.transferPatience)
        defer { patience?.cancel() }
        let announced = request.headers[.contentLength].flatMap { ByteRange.number($0) } ?? 0
        guard announced <= FileLimits.partBytes else { return self.cutOff(.tooLarge, caller) }
        let part: [UInt8]
        do {
            part = Array(try await request.body.collect(upTo: FileLimits.partBytes).readableBytesView)
        } catch {
            return self.cutOff(.tooLarge, caller)
        }
        guard !part.isEmpty else { return self.json(.ok, standing.encoded) }
        switch await self.door.write(part, of: blob, token, at: offset) {
        case .written(let standing): return self.json(.ok, standing.encoded)
        case .misplaced: return self.problem(.conflict)
        case .denied: return self.problem(.unauthorized)
        case .noRoom: return self.problem(.full)
        }
    }

    /// Hands out an object or a range of it.
    func readBlob(_ id: String, _ request: Request, _ caller: Caller) async -> Response {
        guard let (blob, token) = Self.named(id, request), let size = await self.door.size(of: blob, token) else {
            return self.problem(.unauthorized)
        }
        let asked = request.headers[.range]
        guard let range = asked.map({ ByteRange.parse($0, size: size) }) ?? 0..<size else {
            var response = self.problem(.outOfRange)
            response.headers[.contentRange] = "bytes */\(size)"
            return response
        }
        guard let holder = await self.door.holder(of: blob, token) else { return self.problem(.unauthorized) }
        guard let place = self.transfers.place(.going, token, of: holder) else {
            return self.problem(.busy, retryAfter: 2)
        }
        var headers: HTTPFields = [
            .contentType: "application/octet-stream", .acceptRanges: "bytes",
            .contentDisposition: "attachment",
        ]
        if asked != nil { headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)" }
        let (door, time) = (self.door, self.limits.transferPatience)
        let body = ResponseBody(contentLength: range.count) { writer in
            defer { withExtendedLifetime(place) {} }
            for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.pieceBytes) {
                // Whoever reads more slowly than this is cut, and goes on from there if they may still.
                let patience = caller.cut(after: time)
                defer { patience?.cancel() }
                let piece = start..<min(start + Self.pieceBytes, range.upperBound)
                guard let bytes = await door.read(piece, of: blob, token) else { throw BlobGone() }
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            // What was written may still wait to go, the last piece always.
            let patience = caller.cut(after: time)
            defer { patience?.cancel() }
            try await writer.finish(nil)
        }
        return Response(status: asked == nil ? .ok : .partialContent, headers: headers, body: body)
    }

    /// The file was deleted, or its reader put out, while it was on its way: the connection breaks off.
    private struct BlobGone: Error {}

    private static func named(_ id: String, _ request: Request) -> (BlobID, BlobToken)? {
        guard let blob = BlobID(id), let token: BlobToken = Self.bearer(request.headers) else { return nil }
        return (blob, token)
    }

    private static func offset(_ query: String?) -> Int? {
        guard let query, query.hasPrefix("offset=") else { return nil }
        return ByteRange.number(query.dropFirst("offset=".count))
    }

    /// Says no while a body may still be coming, and does not wait for the rest of it.
    private func cutOff(_ kind: Problem.Kind, _ caller: Caller, retryAfter: Int? = nil) -> Response {
        _ = caller.cut(after: .seconds(1))
        var response = self.problem(kind, retryAfter: retryAfter)
        response.headers[.connection] = "close"
        return response
    }
}
