import Signalling
import Testing

@Suite("Messages on the wire")
struct RoundTripTests {
    @Test("every client message of the schema is read and written without a change")
    func clientMessages() throws {
        try Self.roundTrip(ClientMessage.self)
    }

    @Test("every server message of the schema is read and written without a change")
    func serverMessages() throws {
        try Self.roundTrip(ServerMessage.self)
    }

    @Test("every HTTP body of the schema is read and written without a change")
    func bodies() throws {
        for body in HTTPBodies.all { try Self.roundTrip(body) }
    }

    private static func roundTrip<Kind: Message>(_ kind: Kind.Type) throws {
        var sampler = Sampler(seed: 1)
        for union in Kind.outlines {
            for type in union.cases {
                for _ in 0..<20 {
                    let text = sampler.message(union, type).encoded
                    let message = try Kind(decoding: Array(text.utf8))
                    #expect(message.encoded == text)
                }
            }
        }
    }

    private static func roundTrip<Body: HTTPBody>(_ body: Body.Type) throws {
        var sampler = Sampler(seed: 2)
        for _ in 0..<20 {
            let text = sampler.record(Body.outline).encoded
            #expect(try Body(decoding: Array(text.utf8)).encoded == text)
        }
    }
}
