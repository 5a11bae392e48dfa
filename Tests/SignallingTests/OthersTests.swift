import BeraadTesting
import Signalling
import Testing

@Suite("What a client may say of others")
struct OthersTests {
    private func read(_ text: String) throws -> ClientMessage { try ClientMessage(decoding: Array(text.utf8)) }

    private func refusal(_ text: String) -> String? {
        do throws(Malformed) {
            _ = try ClientMessage(decoding: Array(text.utf8))
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("of all words only three are about another, and none of them switches anything on", .promise("P-029"))
    func closed() throws {
        let cases = ClientMessage.outlines.flatMap(\.cases)
        let about = cases.filter { word in word.fields.contains { $0.name == "participant" } }
        #expect(about.map(\.type) == ["eject", "stop", "allow"])
        let room = try #require(ClientMessage.outlines.first { $0.area == "room" })
        #expect(room.cases.map(\.type) == ["eject", "renew", "stop", "allow", "setPasscode", "end"])
        // Nor does the server order a client to: what it says of a client's own media ends something, or answers.
        let media = try #require(ServerMessage.outlines.first { $0.area == "media" })
        #expect(
            media.cases.map(\.type) == [
                "opened", "published", "withdrawn", "stopped", "assigned", "flow", "restarted", "closed", "failed",
            ])
    }

    @Test("a word of one names them, a word of everybody names nobody, and nothing else is read")
    func forms() throws {
        let whom = ParticipantID(bytes: [UInt8](repeating: 0, count: 16))
        let name = String(repeating: "A", count: 22)
        #expect(
            try self.read(#"{"area":"room","type":"stop","participant":"\#(name)","use":"screen"}"#)
                == .room(.stop(.init(participant: whom, use: .screen))))
        #expect(
            try self.read(#"{"area":"room","type":"allow","use":"camera","allowed":false}"#)
                == .room(.allow(.init(use: .camera, isAllowed: false))))
        #expect(
            try self.read(#"{"area":"room","type":"allow","use":"files","allowed":true}"#)
                == .room(.allow(.init(use: .files, isAllowed: true))))
        // A file that lies on the server is taken back, not stopped.
        #expect(self.refusal(#"{"area":"room","type":"stop","use":"files"}"#) == "wrong(field: use)")
        #expect(
            self.refusal(#"{"area":"room","type":"stop","participant":null,"use":"camera"}"#)
                == "wrong(field: participant)")
        #expect(self.refusal(#"{"area":"room","type":"stop","use":"screenAudio"}"#) == "wrong(field: use)")
        #expect(self.refusal(#"{"area":"room","type":"stop"}"#) == "missing(field: use)")
        #expect(self.refusal(#"{"area":"room","type":"allow","use":"camera"}"#) == "missing(field: allowed)")
        #expect(self.refusal(#"{"area":"room","type":"allow","use":"camera","allowed":1}"#) == "wrong(field: allowed)")
    }

    @Test("a passcode is 6 to 16 letters or digits, and may be left out only where it is taken back")
    func passcodes() throws {
        for text in ["123456", "83914207", "aZ09aZ09aZ09aZ09"] {
            let passcode = try #require(Passcode(text))
            #expect(
                try self.read(#"{"area":"session","type":"pass","passcode":"\#(text)"}"#)
                    == .session(.pass(.init(passcode: passcode))))
            #expect(
                try self.read(#"{"area":"room","type":"setPasscode","passcode":"\#(text)"}"#)
                    == .room(.setPasscode(.init(passcode: passcode))))
        }
        for text in ["", "12345", "aZ09aZ09aZ09aZ090", "1234 5678", "1234-567", "12345é", "１２３４５６"] {
            #expect(
                self.refusal(#"{"area":"session","type":"pass","passcode":"\#(text)"}"#) == "wrong(field: passcode)")
        }
        #expect(self.refusal(#"{"area":"session","type":"pass"}"#) == "missing(field: passcode)")
        #expect(try self.read(#"{"area":"room","type":"setPasscode"}"#) == .room(.setPasscode(.init())))
        #expect(
            self.refusal(#"{"area":"room","type":"setPasscode","passcode":null}"#) == "wrong(field: passcode)")
        #expect(self.refusal(#"{"area":"room","type":"end","reason":"over"}"#) == "unknownField")
    }

    @Test("a whole meeting of a hundred people, each sending everything, still fits one message")
    func largest() {
        func id(_ number: Int) -> ParticipantID {
            ParticipantID(bytes: [UInt8](repeating: UInt8(number), count: 16))
        }
        let nothing = Permissions(microphone: false, camera: false, screen: false)
        let publications = Publication.Use.allCases.map {
            Publication(publication: PublicationID(number: .max), use: $0)
        }
        let joined = SessionEvent.Joined(
            participant: id(0), leaf: 2_047, capacity: 100,
            resume: ResumeToken(bytes: [UInt8](repeating: 0, count: 32)), resumed: false, may: nothing,
            participants: (1...100).map {
                Participant(participant: id($0), leaf: 2_047, away: false, publications: publications, may: nothing)
            })
        #expect(ServerMessage.session(.joined(joined)).encoded.utf8.count < JSONLimits.messageBytes)
    }
}
