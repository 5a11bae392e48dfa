import BeraadTesting
import Client
import Signalling
import Testing

/// What the client makes of what the server says about its place.
@Suite("A place in a meeting")
struct SessionTests {
    private static let token = ResumeToken(bytes: [UInt8](repeating: 9, count: 32))
    private static let own = ParticipantID(bytes: [UInt8](repeating: 1, count: 16))
    private static let other = ParticipantID(bytes: [UInt8](repeating: 2, count: 16))

    private func session(passcode: String? = nil, showsItself: Bool = false) -> SessionValue {
        SessionValue(
            inviteID: InviteID(bytes: [UInt8](repeating: 3, count: 16)),
            passcode: passcode.map { Passcode(unchecked: $0) }, showsItself: showsItself)
    }

    private func joined(
        resumed: Bool = false, leaf: Int = 4, may: Permissions = .all, others: [Participant] = []
    ) -> ServerMessage {
        .session(
            .joined(
                .init(
                    participant: Self.own, leaf: leaf, capacity: 25, resume: Self.token, resumed: resumed, may: may,
                    participants: others)))
    }

    private func refused(_ failure: SessionFailure) -> ServerMessage { .session(.refused(.init(failure: failure))) }

    /// Effects as words, for comparing.
    private func words(_ effects: [SessionEffect]) -> [String] {
        effects.map { effect in
            switch effect {
            case .say(let message): "say \(message == .session(.leave) ? "leave" : Self.word(message))"
            case .atDoor: "at door"
            case .seated(let isOldSeat): isOldSeat ? "old seat" : "new seat"
            case .unseated: "unseated"
            case .open: "open"
            case .restarted: "restarted"
            case .order(.assign(let mid, let leaf)): "slot \(mid) \(leaf.map { "leaf \($0)" } ?? "empty")"
            case .order(.send(let kind, let isOn)): "\(kind) \(isOn ? "on" : "off")"
            case .order: "order"
            case .wantChanged: "want"
            case .mediaGone: "media gone"
            case .lineLater(let seconds): "line in \(seconds)"
            case .mediaLater(let seconds): "media in \(seconds)"
            case .insist(let use, let isRefused): "\(isRefused ? "refused" : "stopped") \(use)"
            case .end(let failure): "end \(failure.map { "\($0)" } ?? "")"
            }
        }
    }

    private static func word(_ message: ClientMessage) -> String {
        switch message {
        case .session(.join): "join"
        case .session(.resume): "resume"
        case .session(.pass(let pass)): "pass \(pass.passcode.text)"
        default: "other"
        }
    }

    @Test("a hostile one is silenced by nothing, and knows what to ask for again")
    func disobeys() {
        var session = self.session()
        (session.picture, session.disobeys) = (.screen, true)
        _ = session.first()
        let may = Permissions(microphone: false, camera: true, screen: false)
        #expect(self.words(session.handle(self.joined(may: may))) == ["at door", "new seat", "want"])
        #expect(self.words(session.handle(.media(.stopped(.init(use: .screen))))) == ["stopped screen"])
        let refusal = MediaFailure.notAllowed(.init(use: .microphone))
        #expect(self.words(session.handle(.media(.failed(.init(failure: refusal))))) == ["refused microphone"])
        #expect(session.sends(.microphone) && session.sends(.screen))
    }

    @Test("whoever sends a picture as a screen is stopped as a screen, and not as a camera")
    func screen() {
        var session = self.session()
        session.picture = .screen
        _ = session.first()
        _ = session.handle(self.joined())
        #expect(session.handle(.media(.stopped(.init(use: .camera)))).isEmpty)
        #expect(self.words(session.handle(.media(.stopped(.init(use: .screen))))) == ["video off"])
    }

    @Test("one shows the link's proof, is at the door, and sits once the group has a leaf for one")
    func comesIn() {
        var session = self.session()
        guard case .session(.join(let join)) = session.first() else {
            Issue.record("something else is said first")
            return
        }
        #expect(join.invite == InviteID(bytes: [UInt8](repeating: 3, count: 16)))
        #expect(self.words(session.handle(.session(.atDoor(.init(owesPasscode: false))))) == ["at door"])
        #expect(session.phase == .atDoor && !session.hasSeat)
        #expect(self.words(session.handle(self.joined())) == ["at door", "new seat", "want"])
        #expect(session.phase == .inside && session.hasSeat)
    }

    @Test("before the door opens a refusal is the end, at the door and inside it is about one message")
    func refusals() {
        for (failure, end) in [
            (SessionFailure.unknown, "end unknown"), (.full(.init(capacity: 2)), "end full(capacity: 2)"),
            (.clientTooOld, "end tooOld"), (.malformed, "end refused"),
        ] {
            var session = self.session()
            _ = session.first()
            #expect(self.words(session.handle(self.refused(failure))) == [end])
        }
        var session = self.session()
        _ = session.first()
        _ = session.handle(.session(.atDoor(.init(owesPasscode: false))))
        #expect(session.handle(self.refused(.malformed)).isEmpty)
        _ = session.handle(self.joined())
        #expect(self.words(session.handle(self.refused(.tooFast(.init(retrySeconds: 3))))) == ["media in 3"])
    }

    private static let owing = ServerMessage.session(.atDoor(.init(owesPasscode: true)))

    @Test("where a passcode is owed it is said first, and the delivery service is for after that")
    func passcode() {
        var session = self.session(passcode: "83914207")
        _ = session.first()
        #expect(self.words(session.handle(Self.owing)) == ["say pass 83914207"] && session.isPassing)
        #expect(self.words(session.handle(.session(.passed))) == ["at door"] && !session.isPassing)
        #expect(session.handle(.session(.passed)).isEmpty)
    }

    @Test("a wrong passcode is the end, and so is none; where one is to wait the line comes later")
    func wrongPasscode() {
        for (failure, end) in [
            (SessionFailure.passcode, "end passcode"), (.tooFast(.init(retrySeconds: 30)), "line in 30"),
            (.full(.init(capacity: 2)), "end full(capacity: 2)"),
        ] {
            var session = self.session(passcode: "11111111")
            _ = session.first()
            _ = session.handle(Self.owing)
            #expect(self.words(session.handle(self.refused(failure))) == [end])
        }
        var session = self.session()
        _ = session.first()
        #expect(self.words(session.handle(Self.owing)) == ["end passcode"])
    }

    @Test("a host's and a personal link show themselves, and whoever was in shows a leaf")
    func noPasscode() {
        var host = self.session(showsItself: true)
        _ = host.first()
        #expect(self.words(host.handle(Self.owing)) == ["at door"])
        for (passcode, said) in [(nil, ["at door"]), ("83914207", ["say pass 83914207", "at door"])] {
            var session = self.session(passcode: passcode)
            _ = session.first()
            _ = session.handle(.session(.atDoor(.init(owesPasscode: false))))
            _ = session.handle(self.joined())
            _ = session.first()
            #expect(self.words(session.handle(self.refused(.resumeUnknown))) == ["unseated", "say join"])
            #expect(self.words(session.handle(Self.owing)) == said)
            // It may be another one by now: the leaf counts.
            #expect(session.handle(self.refused(.passcode)).isEmpty)
        }
    }

    @Test("after a drop one asks for the old seat; when that is gone, for the door, on the same connection")
    func comesBack() {
        var session = self.session()
        _ = session.first()
        _ = session.handle(.session(.atDoor(.init(owesPasscode: false))))
        _ = session.handle(self.joined())
        #expect(Self.word(session.first()) == "resume")
        #expect(self.words(session.handle(self.joined(resumed: true))) == ["at door", "old seat", "want"])
        #expect(Self.word(session.first()) == "resume")
        #expect(self.words(session.handle(self.refused(.resumeUnknown))) == ["unseated", "say join"])
        #expect(session.phase == .joining && !session.hasSeat)
        #expect(self.words(session.handle(.session(.atDoor(.init(owesPasscode: false))))) == ["at door"])
        // The server may say it as often as it likes.
        #expect(session.handle(self.refused(.resumeUnknown)).isEmpty)
        #expect(session.handle(.session(.atDoor(.init(owesPasscode: false)))).isEmpty)
    }

    @Test("whoever loses the leaf is at the door again and has no seat to ask for")
    func unseated() {
        var session = self.session()
        #expect(session.handle(.session(.unseated)).isEmpty)
        _ = session.first()
        _ = session.handle(.session(.atDoor(.init(owesPasscode: false))))
        _ = session.handle(self.joined(others: [self.person(leaf: 7)]))
        #expect(self.words(session.handle(.session(.unseated))) == ["unseated"])
        #expect(session.phase == .atDoor && !session.hasSeat && session.people.isEmpty)
        #expect(Self.word(session.first()) == "join")
    }

    @Test("the layout follows somebody to another leaf")
    func moves() {
        var session = self.session()
        _ = session.first()
        _ = session.handle(.session(.atDoor(.init(owesPasscode: false))))
        _ = session.handle(self.joined(others: [self.person(leaf: 7)]))
        let layout = ServerMessage.media(
            .assigned(
                .init(generation: 1, slots: [.init(mid: Mid(unchecked: "9"), publication: PublicationID(number: 5))])))
        #expect(self.words(session.handle(layout)) == ["slot 9 leaf 7"])
        _ = session.handle(.room(.participantMoved(.init(participant: Self.other, leaf: 8))))
        #expect(self.words(session.handle(layout)) == ["slot 9 leaf 8"])
        _ = session.handle(.room(.participantLeft(.init(participant: Self.other))))
        #expect(self.words(session.handle(layout)) == ["slot 9 empty"])
        // Oneself, too, may be moved, and keeps seat and media.
        #expect(self.words(session.handle(self.joined(resumed: true, leaf: 12))) == ["at door", "old seat", "want"])
    }

    @Test("a media connection that is gone is made anew; one that was closed on purpose is not")
    func media() {
        var session = self.session()
        _ = session.first()
        _ = session.handle(.session(.atDoor(.init(owesPasscode: false))))
        _ = session.handle(self.joined())
        #expect(self.words(session.handle(.media(.closed(.init(reason: .timedOut))))) == ["media gone"])
        #expect(session.handle(.media(.closed(.init(reason: .asked)))).isEmpty)
        #expect(session.phase == .inside)
    }

    private func inside(may: Permissions = .all) -> SessionValue {
        var session = self.session()
        _ = session.first()
        _ = session.handle(.session(.atDoor(.init(owesPasscode: false))))
        _ = session.handle(self.joined(may: may))
        return session
    }

    @Test("what a host stops is sent no more, and does not begin again when it is allowed again", .promise("P-029"))
    func stopped() {
        var session = self.inside()
        #expect(session.sends(.microphone) && session.sends(.camera))
        #expect(self.words(session.handle(.media(.stopped(.init(use: .microphone))))) == ["audio off"])
        #expect(!session.sends(.microphone) && session.sends(.camera))
        let grant = RoomEvent.Grant(participant: Self.own, may: .all)
        #expect(session.handle(.room(.participantMay(grant))).isEmpty && !session.sends(.microphone))
        // Nor in another seat, or after a drop.
        _ = session.handle(.session(.unseated))
        #expect(self.words(session.handle(self.joined())) == ["at door", "new seat", "want"])
        #expect(!session.sends(.microphone))
    }

    @Test("what one may not send one does not begin to; what others may not is theirs", .promise("P-029"))
    func notAllowed() {
        let silent = Permissions(microphone: false, camera: true, screen: false)
        #expect(!self.inside(may: silent).sends(.microphone) && self.inside(may: silent).sends(.camera))
        var session = self.inside()
        #expect(session.handle(.room(.participantMay(.init(participant: Self.other, may: silent)))).isEmpty)
        #expect(session.sends(.microphone))
        let taken = session.handle(.room(.participantMay(.init(participant: Self.own, may: silent))))
        #expect(self.words(taken) == ["audio off"])
    }

    @Test("a refusal to let one send something is not the end of media, any other is")
    func refusedMedia() {
        var session = self.inside()
        let refusal = MediaFailure.notAllowed(.init(use: .camera))
        #expect(self.words(session.handle(.media(.failed(.init(failure: refusal))))) == ["video off"])
        #expect(session.phase == .inside && !session.sends(.camera))
        #expect(self.words(session.handle(.media(.failed(.init(failure: .noCommonCodec))))) == ["end media"])
    }

    private func person(leaf: Int) -> Participant {
        Participant(
            participant: Self.other, leaf: leaf, away: false,
            publications: [.init(publication: PublicationID(number: 5), use: .camera)], may: .all)
    }
}
