/// The door for fuzzers: everything of this module that reads bytes nobody vouches for.
package enum Hostile {
    /// Reads bytes in every way there is. It never traps; what one reader takes, it also writes and reads again.
    @discardableResult
    package static func decode(_ bytes: [UInt8]) -> Bool {
        guard (try? JSON.parse(bytes)) != nil else { return false }  // every reader begins so, and refuses it
        let messages = [
            self.check(ClientMessage.init(decoding:), \.encoded, bytes),
            self.check(ServerMessage.init(decoding:), \.encoded, bytes),
        ]
        let bodies = HTTPBodies.all.map { self.check(body: $0, bytes) }
        return (messages + bodies).contains(true)
    }

    private static func check<Body: HTTPBody>(body _: Body.Type, _ bytes: [UInt8]) -> Bool {
        self.check(Body.init(decoding:), \.encoded, bytes)
    }

    private static func check<Value: Equatable>(
        _ read: ([UInt8]) throws(Malformed) -> Value, _ encoded: (Value) -> String, _ bytes: [UInt8]
    ) -> Bool {
        guard let value = try? read(bytes) else { return false }  // refused is what hostile bytes are for
        guard let again = try? read(Array(encoded(value).utf8)), again == value else {
            preconditionFailure("what was read is written so that it reads the same")
        }
        return true
    }
}
