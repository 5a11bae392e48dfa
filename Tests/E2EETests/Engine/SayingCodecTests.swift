import E2EE
import Testing

@Suite("What people say to each other, on the wire")
struct SayingCodecTests {
    private let id = counting(from: 1, 16)
    private let key = counting(from: 32, 32)

    private func file(name: [UInt8] = Array("plan.pdf".utf8), size: UInt64 = 9) -> FileRef {
        FileRef(
            blobID: self.id, key: self.key, size: size, hash: self.key, name: name,
            mediaType: Array("application/pdf".utf8), expires: 0)
    }

    /// It is read from its own bytes, and from nothing shorter or longer.
    private func expectStrict<Value: TLSStruct & Equatable>(_ value: Value, _ comment: Comment) throws {
        let bytes = value.encoded
        #expect(try Value(decoding: bytes) == value, comment)
        for wrong in [bytes + [0], Array(bytes.dropLast()), []] {
            #expect(throws: E2EEError(.codec, .malformed), comment) { _ = try Value(decoding: wrong) }
        }
    }

    private func refuse<Value: TLSStruct>(_: Value.Type, _ bytes: [UInt8], _ comment: Comment) {
        #expect(throws: E2EEError(.codec, .malformed), comment) { _ = try Value(decoding: bytes) }
    }

    @Test("each is read from its own bytes and from nothing else")
    func strict() throws {
        try self.expectStrict(Chat(text: [65]), "a text")
        try self.expectStrict(Chat(text: [], replyTo: self.id, files: [self.file(), self.file()]), "files")
        try self.expectStrict(ChatChange(target: self.id, act: .edit, text: [65]), "an edit")
        try self.expectStrict(ChatChange(target: self.id, act: .retract), "a retraction")
        try self.expectStrict(Reaction(emoji: Array("👩‍🚀".utf8)), "a reaction of three parts")
        try self.expectStrict(Hand(isUp: true), "a hand")
        try self.expectStrict(Spotlight(on: self.key), "a spotlight")
        try self.expectStrict(Moderation(target: self.key, act: .askToUnmute), "an order")
        try self.expectStrict(Caption(text: [65], about: 7), "a caption")
        self.refuse(Caption.self, Caption(text: [], about: 7).encoded, "a caption that says nothing")
        self.refuse(Caption.self, Caption(text: [0xFF], about: 7).encoded, "a caption that is no text")
        let long = [UInt8](repeating: 65, count: 1_025)
        self.refuse(Caption.self, Caption(text: long, about: 7).encoded, "a caption that is too long")
        try self.expectStrict(
            Direct(to: 7, HPKECiphertext(kemOutput: [1], ciphertext: [2, 3])), "a message to one person")
        #expect(try Spotlight(decoding: [0]) == Spotlight(on: []))
        #expect(try Moderation(decoding: [UInt8](repeating: 0, count: 32) + [1]).target == nil)
        #expect(Moderation(target: nil, act: .mute).encoded == [UInt8](repeating: 0, count: 32) + [1])
        #expect(try LobbyKeyShare(decoding: self.key).encoded == self.key)
        self.refuse(LobbyKeyShare.self, self.key + [0], "a key that is too long")
    }

    @Test("bytes that are no text are no text, and what says nothing is nothing")
    func text() {
        let none: [[UInt8]] = [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82],
            [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [65, 0xC3, 65],
            [0xF0, 0x9F, 0x91], [0xE2, 0x28, 0xA1],
        ]
        for bytes in none {
            self.refuse(Chat.self, Chat(text: bytes).encoded, "\(bytes)")
            self.refuse(ChatChange.self, ChatChange(target: self.id, act: .edit, text: bytes).encoded, "\(bytes)")
            self.refuse(Reaction.self, Reaction(emoji: bytes).encoded, "\(bytes)")
            self.refuse(Chat.self, Chat(text: [65], files: [self.file(name: bytes)]).encoded, "\(bytes)")
        }
        for text in ["é", "€", "👩‍🚀", "\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}"] {
            #expect(throws: Never.self) { _ = try Chat(decoding: Chat(text: Array(text.utf8)).encoded) }
        }
        self.refuse(Chat.self, Chat(text: []).encoded, "neither text nor file")
        self.refuse(Reaction.self, Reaction(emoji: []).encoded, "no sign")
    }

    @Test("what is too long, too many, or no choice is refused")
    func limits() throws {
        let long = [UInt8](repeating: 65, count: Chat.textByteCountMax)
        try self.expectStrict(Chat(text: long), "eight KiB")
        self.refuse(Chat.self, Chat(text: long + [65]).encoded, "a byte more")
        self.refuse(ChatChange.self, ChatChange(target: self.id, act: .edit, text: long + [65]).encoded, "an edit")
        let files = Array(repeating: self.file(), count: Chat.filesMax)
        try self.expectStrict(Chat(text: [], files: files), "eight files")
        self.refuse(Chat.self, Chat(text: [], files: files + [self.file()]).encoded, "nine files")
        self.refuse(Chat.self, Chat(text: [65], replyTo: Array(self.id.dropLast())).encoded, "half an id")
        self.refuse(Chat.self, Chat(text: [], files: [self.file(size: 1 << 53)]).encoded, "no number of a browser")
        self.refuse(ChatChange.self, self.id + [0, 0], "no change")
        self.refuse(ChatChange.self, self.id + [3, 0], "no change")
        self.refuse(Reaction.self, Reaction(emoji: [UInt8](repeating: 65, count: 17)).encoded, "a sentence")
        self.refuse(Reaction.self, [1, 1, 1, 65, 1], "to something")
        self.refuse(Hand.self, [2], "half a hand")
        self.refuse(Spotlight.self, [1, 65], "no key")
        self.refuse(Moderation.self, self.key + [0], "no act")
        self.refuse(Moderation.self, self.key + [6], "no act")
    }

    @Test("every sort is a door for fuzzers")
    func doors() {
        let bodies: [(UInt8, [UInt8])] = [
            (16, Chat(text: [65]).encoded), (17, ChatChange(target: self.id, act: .retract).encoded),
            (18, Reaction(emoji: [65]).encoded), (19, [1]),
            (20, Direct(to: 1, HPKECiphertext(kemOutput: [], ciphertext: [])).encoded),
            (21, Moderation(target: nil, act: .mute).encoded), (22, [0]), (23, self.key),
        ]
        #expect(EngineFuzz.sorts == 29)
        for (sort, body) in bodies {
            let door = [sort] + body
            EngineFuzz.part(door.span)
        }
    }
}
