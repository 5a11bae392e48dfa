package import E2EE

extension Chat {
    /// A text without files.
    package init(_ text: String) { self.init(text: Array(text.utf8)) }
}

extension EngineCommand {
    /// Says a text to everybody.
    package static func chat(_ text: String) -> EngineCommand { .say(.chat, Chat(text)) }

    /// Says something to everybody.
    package static func say(_ kind: AppMessage.Kind, _ body: some TLSWritable) -> EngineCommand {
        .send(kind: kind.rawValue, body: body.encoded, deliverTo: [])
    }

    /// Says a text to these alone.
    package static func whisper(_ text: String, to keys: [[UInt8]]) -> EngineCommand {
        .direct(keys, kind: AppMessage.Kind.chat.rawValue, body: Chat(text).encoded)
    }
}

extension AppEvent {
    /// The text of a chat message; nothing when it is another kind.
    package var text: String? {
        guard self.kind == AppMessage.Kind.chat.rawValue, let chat = try? Chat(decoding: self.body) else { return nil }
        return String(decoding: chat.text, as: UTF8.self)
    }
}

extension TestMember {
    /// Their own key, as the roster has it.
    package var key: [UInt8]? { self.roster.first { $0.isOwn }?.signatureKey }

    /// Texts of others that they read, in order.
    package var read: [String] { self.heard.filter { $0.signatureKey != self.key }.compactMap(\.text) }

    /// What they were told of a kind, their own words too.
    package func heard(_ kind: AppMessage.Kind) -> [AppEvent] { self.heard.filter { $0.kind == kind.rawValue } }
}

extension Rogue {
    /// Says a text to everybody, allowed or not.
    package func chat(_ text: String) throws { try self.tell(.chat, Chat(text).encoded) }

    /// The same under an id of its choice.
    package func chat(_ text: String, under id: [UInt8]) throws {
        let message = AppMessage(kind: .chat, id: id, sentMilliseconds: 1, body: Chat(text).encoded)
        self.say(.app(AppFrame(message: try self.sealed(message.encoded).encoded, keeping: .retained)))
    }
}
