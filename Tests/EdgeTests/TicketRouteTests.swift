import BeraadTesting
import HTTPTypes
import NIOCore
import Signalling
import Testing

@Suite("Personal links over HTTP")
struct TicketRouteTests {
    @Test(
        "links are made and taken back with the meeting's token, also while somebody is in",
        .timeLimit(.minutes(1)), arguments: [false, true])
    func life(_ isInhabited: Bool) async throws {
        try await TestServer.run { server in
            let created = try await server.created()
            let other = try await server.created()
            let meeting = try TestMeeting(created.id)
            let tickets = try DraftedMeeting(created.id, unixSeconds: meeting.unix, tickets: 2).tickets
            let certificates = tickets.map(\.certificate)
            #expect(try await server.addTickets(certificates, created).status == .conflict, "not registered yet")
            #expect(try await server.register(meeting.registration.encoded, created).status == .noContent)
            func walk() async throws {
                #expect(try await TicketDoor.certificate(tickets[0].hash, of: meeting, at: server) == [])
                #expect(
                    try await server.addTickets(certificates, created, token: other.token.text).status
                        == .unauthorized)
                #expect(try await server.addTickets(certificates, created).status == .noContent)
                #expect(try await server.addTickets(certificates, created).status == .noContent, "as a retry is")
                for ticket in tickets {
                    #expect(
                        try await TicketDoor.certificate(ticket.hash, of: meeting, at: server)
                            == ticket.certificate.bytes)
                }
                let hash = tickets[0].hash.text
                #expect(try await server.revoke(hash, created, token: other.token.text).status == .unauthorized)
                #expect(try await server.revoke(hash, created).status == .noContent)
                #expect(try await server.revoke(hash, created).status == .noContent)
                #expect(try await TicketDoor.certificate(tickets[0].hash, of: meeting, at: server) == [])
                #expect(
                    try await TicketDoor.certificate(tickets[1].hash, of: meeting, at: server)
                        == tickets[1].certificate.bytes)
                #expect(try await server.addTickets(certificates, created).status == .conflict)
            }
            if isInhabited {
                try await TestSocket.open(server, meeting.id) { socket in
                    let host = try GroupClient(socket, meeting, as: .host, name: "Anna")
                    try await host.found()
                    try await walk()
                }
            } else {
                try await walk()
            }
        }
    }

    @Test("what is no such thing is refused, and an unknown meeting looks like a wrong token", .timeLimit(.minutes(1)))
    func refused() async throws {
        try await TestServer.run { server in
            let created = try await server.created()
            let meeting = try TestMeeting(created.id)
            #expect(try await server.register(meeting.registration.encoded, created).status == .noContent)
            let unknown = MeetingCreated(id: MeetingID(bytes: [UInt8](repeating: 9, count: 16)), token: created.token)
            let mine = try DraftedMeeting(created.id, unixSeconds: meeting.unix, tickets: 1).tickets[0]
            let foreign = try DraftedMeeting(unknown.id, unixSeconds: meeting.unix, tickets: 1).tickets[0]
            #expect(try await server.addTickets([foreign.certificate], created).status == .badRequest)
            #expect(try await server.addTickets([mine.certificate], unknown).status == .unauthorized)
            #expect(try await server.addTickets([mine.certificate], created, token: "x").status == .unauthorized)
            #expect(try await server.revoke(mine.hash.text, created).status == .notFound)
            #expect(try await server.revoke(mine.hash.text, unknown).status == .unauthorized)
            #expect(try await server.revoke("none", created).status == .notFound)
            let many = try DraftedMeeting(created.id, unixSeconds: meeting.unix, tickets: 101).tickets
            #expect(try await server.addTickets(many.map(\.certificate), created).status == .badRequest)
            #expect(try await server.addTickets(many[..<100].map(\.certificate), created).status == .noContent)
            #expect(try await server.addTickets([many[100].certificate], created).status == .conflict)
            let path = "/api/v1/meetings/\(created.id.text)/tickets"
            for text in ["", "{}", "[]", #"{"tickets":[""]}"#, #"{"tickets":[],"more":1}"#] {
                let response = try await server.client.executeRequest(
                    uri: path, method: .post, headers: [.authorization: "Bearer \(created.token.text)"],
                    body: ByteBuffer(string: text))
                #expect(response.problem == .malformed, "\(text)")
            }
        }
    }

    @Test(
        "whoever tries tokens waits by network, and is in the way of no other; from this machine nobody is counted",
        .timeLimit(.minutes(1)))
    func tries() async throws {
        try await TestServer.run(trusting: ["127.0.0.1"]) { server in
            let created = try await server.created()
            let path = "/api/v1/meetings/\(created.id.text)/tickets/\(String(repeating: "A", count: 43))"
            let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
            func answer(from address: String?, with token: Bool = true) async throws -> TestResponse {
                var headers: HTTPFields = [:]
                if token { headers[.authorization] = "Bearer \(String(repeating: "A", count: 43))" }
                if let address { headers[forwarded] = address }
                return try await server.client.executeRequest(uri: path, method: .delete, headers: headers, body: nil)
            }
            // Any page can have a browser ask without one, and that is counted against nobody.
            for _ in 0..<500 {
                #expect(try await answer(from: "192.0.2.1", with: false).problem == .unauthorized)
            }
            for _ in 0..<120 { #expect(try await answer(from: "192.0.2.1").problem == .unauthorized) }
            // It fills up slowly meanwhile.
            var refused = try await answer(from: "192.0.2.1")
            for _ in 0..<1_000 where refused.problem != .tooFast { refused = try await answer(from: "192.0.2.1") }
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] != nil)
            #expect(try await answer(from: "198.51.100.7").problem == .unauthorized)
            for _ in 0..<200 { #expect(try await answer(from: nil).problem == .unauthorized) }
        }
    }

    @Test("the right token is used ten times at once, and wrong ones are in nobody's way", .timeLimit(.minutes(1)))
    func uses() async throws {
        try await TestServer.run { server in
            let created = try await server.created()
            let meeting = try TestMeeting(created.id)
            let other = try await server.created()
            for _ in 0..<50 {
                let response = try await server.register(
                    meeting.registration.encoded, created, token: other.token.text)
                #expect(response.problem == .unauthorized)
            }
            #expect(try await server.register(meeting.registration.encoded, created).status == .noContent)
            let link = try DraftedMeeting(created.id, unixSeconds: meeting.unix, tickets: 1).tickets[0]
            for _ in 0..<9 { #expect(try await server.addTickets([link.certificate], created).status == .noContent) }
            var refused = try await server.addTickets([link.certificate], created)
            for _ in 0..<1_000 where refused.problem != .tooFast {
                refused = try await server.addTickets([link.certificate], created)
            }
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "1")
            #expect(try await server.revoke(link.hash.text, created).problem == .tooFast)
        }
    }
}
