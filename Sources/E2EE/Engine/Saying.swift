/// What people say to each other, and captioners to them (`e2ee.md` 8), read strictly and not yet judged.
enum Saying: Sendable {
    case chat(Chat)
    case change(ChatChange)
    case reaction(Reaction)
    case hand(Hand)
    case spotlight(Spotlight)
    case moderation(Moderation)
    case caption(Caption)

    /// Kinds that people have a use for; all others are the engine's own, or of a later version.
    static func isOne(_ kind: AppMessage.Kind) -> Bool {
        switch kind {
        case .chat, .chatChange, .reaction, .hand, .spotlight, .moderation, .caption: true
        default: false
        }
    }

    /// Reads a body; nothing when it is none of that kind.
    init?(_ message: AppMessage) {
        switch message.kind {
        case .chat: if let body = Chat(read: message.body) { self = .chat(body) } else { return nil }
        case .chatChange: if let body = ChatChange(read: message.body) { self = .change(body) } else { return nil }
        case .reaction: if let body = Reaction(read: message.body) { self = .reaction(body) } else { return nil }
        case .hand: if let body = Hand(read: message.body) { self = .hand(body) } else { return nil }
        case .spotlight: if let body = Spotlight(read: message.body) { self = .spotlight(body) } else { return nil }
        case .moderation: if let body = Moderation(read: message.body) { self = .moderation(body) } else { return nil }
        case .caption: if let body = Caption(read: message.body) { self = .caption(body) } else { return nil }
        default: return nil
        }
    }
}

/// Who says something.
struct Speaker: Sendable {
    /// Signature key.
    let key: [UInt8]
    let standing: Standing
}
