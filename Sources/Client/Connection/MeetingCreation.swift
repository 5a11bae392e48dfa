internal import E2EE
internal import NIOHTTP1
internal import Signalling

/// Makes a meeting: the server gives the id, this client makes the secrets, and the server learns only the invite id. A
/// fragment never leaves this process but as text for the person who asked.
public enum MeetingCreation {
    /// Creates a meeting for `capacity` people and answers its host link.
    public static func create(on server: ServerAddress, capacity: Int) async throws(ClientFailure) -> MeetingLink {
        let answer = try await HTTPExchange(address: server, method: .POST, path: "/api/v1/meetings").run()
        try Self.check(answer)
        guard let created = try? MeetingCreated(decoding: answer.body),
            let meetingID = Base64URL.decode(Array(created.id.text.utf8).span)
        else { throw .notBeraad }

        let crypto = SwiftCryptoProvider()
        let link: Link
        do throws(E2EEError) {
            let inviteSecret = try Self.random(16, crypto)
            let seed = try Self.random(32, crypto)
            link = try Link(hostOf: meetingID, inviteSecret: inviteSecret, authoritySeed: seed, crypto)
        } catch {
            throw .system
        }
        let identifier = link.invite(crypto).derive(.identifier, crypto)
        let registration = InviteRegistration(inviteID: InviteID(bytes: identifier.span.copied()), capacity: capacity)
        let registered = try await HTTPExchange(
            address: server, method: .PUT, path: "/api/v1/meetings/\(created.id.text)/invite",
            headers: [("Authorization", "Bearer \(created.token.text)"), ("Content-Type", "application/json")],
            body: Array(registration.encoded.utf8)
        ).run()
        try Self.check(registered)
        return MeetingLink(server: server, link: link)
    }

    private static func check(_ answer: HTTPExchange.Answer) throws(ClientFailure) {
        switch answer.status {
        case 200..<300: return
        case 401, 403: throw .forbidden
        case 429, 503: throw .busy
        case 400, 413, 422: throw .refused
        default: throw .notBeraad
        }
    }

    private static func random(_ count: Int, _ crypto: SwiftCryptoProvider) throws(E2EEError) -> Secret {
        try Secret(count: count) { (out: inout MutableSpan<UInt8>) throws(E2EEError) in try crypto.random(&out) }
    }
}
