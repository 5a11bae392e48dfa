/// Something said over the WebSocket, in one direction.
package protocol Message: Equatable, Sendable {
    /// The unions it is one of, for the generators.
    static var outlines: [UnionOutline] { get }
    /// Reads a message from bytes nobody vouches for. It never traps and never reads more than `JSONLimits` allows.
    init(decoding bytes: [UInt8]) throws(Malformed)
    /// The message as JSON text.
    var encoded: String { get }
}

/// What a client says.
package enum ClientMessage: Message {
    /// About its place in the meeting.
    case session(SessionCommand)
    /// About the others.
    case room(RoomCommand)
    /// About its media.
    case media(MediaCommand)
    /// About sealed files.
    case file(FileCommand)

    /// The unions of this direction.
    package static var outlines: [UnionOutline] {
        [
            SessionCommand.union.outline, RoomCommand.union.outline, MediaCommand.union.outline,
            FileCommand.union.outline,
        ]
    }

    /// Reads what a client says.
    package init(decoding bytes: [UInt8]) throws(Malformed) {
        let (area, members) = try envelope(bytes)
        switch area {
        case "session": self = .session(try SessionCommand.union.read(members))
        case "room": self = .room(try RoomCommand.union.read(members))
        case "media": self = .media(try MediaCommand.union.read(members))
        case "file": self = .file(try FileCommand.union.read(members))
        default: throw .unknownArea
        }
    }

    /// The message as JSON text.
    package var encoded: String {
        switch self {
        case .session(let command): SessionCommand.union.write(command).encoded
        case .room(let command): RoomCommand.union.write(command).encoded
        case .media(let command): MediaCommand.union.write(command).encoded
        case .file(let command): FileCommand.union.write(command).encoded
        }
    }
}

/// What the server says.
package enum ServerMessage: Message {
    /// About the client's place in the meeting.
    case session(SessionEvent)
    /// About the others.
    case room(RoomEvent)
    /// About media.
    case media(MediaEvent)
    /// About sealed files.
    case file(FileEvent)

    /// The unions of this direction.
    package static var outlines: [UnionOutline] {
        [
            SessionEvent.union.outline, RoomEvent.union.outline, MediaEvent.union.outline,
            FileEvent.union.outline,
        ]
    }

    /// Reads what the server says; a client trusts it no more than the server trusts a client.
    package init(decoding bytes: [UInt8]) throws(Malformed) {
        let (area, members) = try envelope(bytes)
        switch area {
        case "session": self = .session(try SessionEvent.union.read(members))
        case "room": self = .room(try RoomEvent.union.read(members))
        case "media": self = .media(try MediaEvent.union.read(members))
        case "file": self = .file(try FileEvent.union.read(members))
        default: throw .unknownArea
        }
    }

    /// The message as JSON text.
    package var encoded: String {
        switch self {
        case .session(let event): SessionEvent.union.write(event).encoded
        case .room(let event): RoomEvent.union.write(event).encoded
        case .media(let event): MediaEvent.union.write(event).encoded
        case .file(let event): FileEvent.union.write(event).encoded
        }
    }
}

private func envelope(_ bytes: [UInt8]) throws(Malformed) -> (area: String, members: [JSONMember]) {
    guard case .object(let members) = try JSON.parse(bytes) else { throw .notJSON }
    guard case .text(let area)? = members["area"] else { throw .unknownArea }
    return (area, members)
}
