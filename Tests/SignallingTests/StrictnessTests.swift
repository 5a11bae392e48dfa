import Redaction
import Signalling
import Testing

@Suite("Bytes that are no message")
struct StrictnessTests {
    private static let ping = #"{"area":"session","type":"ping","nonce":7}"#

    private static func refusal(_ text: String) -> Malformed? {
        do throws(Malformed) {
            _ = try ClientMessage(decoding: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test("a plain message is read, whatever the order and the space")
    func taken() throws {
        #expect(Self.refusal(Self.ping) == nil)
        #expect(Self.refusal(" {\n\"nonce\" : 7 , \"type\":\"\\u0070ing\",\t\"area\":\"session\"} ") == nil)
    }

    @Test(
        "what is not our JSON is refused",
        arguments: [
            "", "{", "[]", "null", "7", "\"x\"", "{}}", "{\"area\":\"session\",}", "{area:1}", "{\"a\":01}",
            "{\"a\":1.5}", "{\"a\":1e3}", "{\"a\":-}", "{\"a\":9007199254740993}", "{\"a\":tru}",
            "{\"a\":\"\\x\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\n\"}",
            "{\"a\":1,\"a\":2}", "{\"a\":1} x", "\u{FEFF}{}",
        ])
    func notJSON(_ text: String) {
        #expect(Self.refusal(text) == .notJSON)
    }

    @Test("each fault has its name, and none repeats what was sent")
    func named() {
        #expect(Self.refusal(#"{"type":"ping","nonce":7}"#) == .unknownArea)
        #expect(Self.refusal(#"{"area":"kitchen","type":"ping"}"#) == .unknownArea)
        #expect(Self.refusal(#"{"area":"session","type":"pong","nonce":7}"#) == .unknownType)
        #expect(Self.refusal(#"{"area":"session"}"#) == .unknownType)
        #expect(Self.refusal(#"{"area":"session","type":"ping","nonce":7,"more":1}"#) == .unknownField)
        #expect(Self.refusal(#"{"area":"session","type":"leave","more":1}"#) == .unknownField)
        #expect("\(Self.refusal(#"{"area":"session","type":"ping"}"#)!)" == "missing(field: nonce)")
        #expect("\(Self.refusal(#"{"area":"session","type":"ping","nonce":-1}"#)!)" == "wrong(field: nonce)")
        #expect("\(Self.refusal(#"{"area":"session","type":"ping","nonce":null}"#)!)" == "wrong(field: nonce)")
    }

    @Test("too long, too deep and too many end early")
    func bounds() {
        #expect(Self.refusal(String(repeating: " ", count: JSONLimits.messageBytes + 1)) == .tooLong)
        #expect(Self.refusal(String(repeating: "[", count: 60_000)) == .tooDeep)
        #expect(Self.refusal("[" + [String](repeating: "1", count: 129).joined(separator: ",") + "]") == .tooDeep)
        let members = (0..<33).map { "\"\($0)\":1" }.joined(separator: ",")
        #expect(Self.refusal("{\(members)}") == .tooDeep)
    }

    @Test("an id has one spelling")
    func oneSpelling() {
        #expect(MeetingID(String(repeating: "A", count: 22)) != nil)
        #expect(MeetingID(String(repeating: "A", count: 21) + "B") == nil)
        #expect(MeetingID(String(repeating: "A", count: 21) + "Q") != nil)
        #expect(MeetingID(String(repeating: "A", count: 21)) == nil)
        #expect(MeetingID(String(repeating: "A", count: 21) + "=") == nil)
        #expect(PublicationID("p0") != nil)
        #expect(PublicationID("p") == nil)
        #expect(PublicationID("q1") == nil)
    }

    @Test("what a person types is one line of so many characters, in any script")
    func line() {
        let form = TextForm.line(1...4)
        for text in ["a", "zoë!", "日本語字", "\u{1F600}\u{1F600}\u{1F600}\u{1F600}", " "] {
            #expect(form.admits(text), "\(text)")
        }
        for text in ["", "abcde", "a\n", "a\0", "a\u{7F}", "\u{85}", "\u{2028}", "\u{2029}"] {
            #expect(!form.admits(text), "\(text.unicodeScalars.map(\.value))")
        }
    }

    @Test("what was typed never shows in a log line either")
    func typed() {
        let said = "correct horse battery"
        let body = SignIn(email: Redacted("anna@example.org"), password: Redacted(said))
        var dumped = ""
        dump(body, to: &dumped)
        for text in ["\(body)", String(reflecting: body), dumped] {
            #expect(!text.contains(said) && !text.contains("anna"))
        }
    }

    @Test("an id never shows in a log line, however it is printed")
    func unprintable() {
        let id = MeetingID(bytes: [UInt8](repeating: 7, count: 16))
        var dumped = ""
        dump(id, to: &dumped)
        for text in ["\(id)", String(reflecting: id), String(describing: [id]), dumped] {
            #expect(!text.contains(id.text))
        }
        let join = SessionCommand.Ping(nonce: 1)
        #expect("\(join)".contains("1"))
        let whole = ServerMessage.room(.participantLeft(.init(participant: ParticipantID(unchecked: id.text))))
        #expect(!"\(whole)".contains(id.text))
    }

    @Test("truncated, flipped and spliced messages are refused or read, never more")
    func hostile() throws {
        var sampler = Sampler(seed: 3)
        var refused = 0
        for union in ClientMessage.outlines {
            for type in union.cases {
                let whole = Array(sampler.message(union, type).encoded.utf8)
                for _ in 0..<2_000 {
                    var bytes = whole
                    switch sampler.index(below: 3) {
                    case 0: bytes = Array(bytes.prefix(sampler.index(below: bytes.count)))
                    case 1: bytes[sampler.index(below: bytes.count)] = sampler.byte()
                    default:
                        let cut = sampler.index(below: bytes.count)
                        bytes = Array(bytes[cut...]) + Array(bytes[..<cut])
                    }
                    refused += Hostile.decode(bytes) ? 0 : 1
                }
            }
        }
        #expect(refused > 10_000)
    }
}
