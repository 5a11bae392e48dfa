/// What a client asks about its place in a meeting.
package enum SessionCommand: Equatable, Sendable {
    /// Come to the door, for the first time or anew.
    case join(Join)
    /// Take the old seat after the connection dropped.
    case resume(Resume)
    /// Say the passcode at the door.
    case pass(Pass)
    /// Go, for good.
    case leave
    /// Is anybody there?
    case ping(Ping)
}

extension SessionCommand {
    /// What a device can show and decode; it decides how many slots it gets.
    package enum Device: String, CaseIterable, Sendable {
        /// A large screen.
        case desktop
        /// A small one.
        case phone
    }

    /// A first entry.
    package struct Join: Equatable, Sendable {
        /// The protocol's version; this file is 1.
        package var protocolVersion: Int
        /// Proof of holding the link.
        package var invite: InviteID
        /// What the client runs on.
        package var device: Device

        /// A first entry.
        package init(protocolVersion: Int, invite: InviteID, device: Device) {
            self.protocolVersion = protocolVersion
            self.invite = invite
            self.device = device
        }
    }

    /// A return to the old seat.
    package struct Resume: Equatable, Sendable {
        /// The protocol's version.
        package var protocolVersion: Int
        /// The token of the last `joined`.
        package var token: ResumeToken

        /// A return to the old seat.
        package init(protocolVersion: Int, token: ResumeToken) {
            self.protocolVersion = protocolVersion
            self.token = token
        }
    }

    /// A passcode, right or wrong.
    package struct Pass: Equatable, Sendable {
        /// As it was typed, without spaces.
        package var passcode: Passcode

        /// A passcode.
        package init(passcode: Passcode) {
            self.passcode = passcode
        }
    }

    /// A question that only wants an answer.
    package struct Ping: Equatable, Sendable {
        /// Comes back in the `pong`.
        package var nonce: Int

        /// A question.
        package init(nonce: Int) {
            self.nonce = nonce
        }
    }
}
