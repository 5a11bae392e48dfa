import BeraadTesting
import Client
import E2EE
import Meeting
import Testing

/// The Swift client's end of a group against the real delivery service, without a socket.
@Suite("The Swift client as a member")
struct MembershipTests {
    /// Somebody with a member and a connection.
    private final class Guest {
        var member: Membership
        let connection: ConnectionID
        let keyring = FrameKeyringBox()
        var ended: ClientFailure??
        /// What it sends no more, in order.
        var stopped: [String] = []
        var isGone = false

        var state: MemberState { self.member.state }
        var gate: GateReasons? { self.member.gate }
        var mayEncrypt: Bool { self.member.mayEncrypt }
        var roster: [RosterEntry] { self.member.roster }
        var waiting: [String] { self.member.waiting }
        var names: [[UInt8]: String] { self.member.names }
        var key: [UInt8]? { self.roster.first(where: \.isOwn)?.signatureKey }
        var captions: Int { self.member.captions }
        var lines: [PeerReport.Line] { self.member.lines }

        init(_ link: consuming Link, _ options: PeerOptions, _ connection: ConnectionID) throws {
            self.member = try Membership(link, options)
            self.connection = connection
        }
    }

    /// What a member's keys come to: a frame of one opens at the other, or it does not.
    private final class FrameKeyringBox {
        var keyring = FrameKeyring()

        func sealed() -> [UInt8]? {
            self.keyring.seal([1, 2, 3].span, .microphone, isKeyFrame: false, mediaTime: 1, size: nil)
        }

        /// Key of whoever sealed it; nothing when it does not open.
        func owner(_ frame: [UInt8]?) -> [UInt8]? {
            let bytes = frame ?? []
            do throws(FrameDrop) {
                return try self.keyring.open(bytes.span, codec: .opus).key
            } catch {
                return nil
            }
        }
    }

    /// Everything between the members: frames arrive at once, time moves by hand.
    private final class Corridor {
        let crypto = SeededCryptoProvider(seed: 5, hasRealKEM: true)
        var delivery: Delivery
        var guests: [Guest] = []
        let gate: DeliveryGate
        private let link: (path: [UInt8], host: [UInt8], guest: [UInt8])
        private var now: UInt64 = 1_000
        private var generator = SeededGenerator(seed: 6)
        private let start = ContinuousClock().now

        init(isOpen: Bool = false, services: ServiceSet = []) throws {
            var generator = SeededGenerator(seed: 7)
            let id = generator.bytes(16), secret = generator.bytes(16), seed = generator.bytes(32)
            let link = try Link(
                hostOf: id, inviteSecret: Secret(copying: secret.span), authoritySeed: Secret(copying: seed.span),
                self.crypto)
            var draft = MeetingDraft(notBefore: TestMeeting.unix - 3_600, notAfter: TestMeeting.unix + 86_400)
            draft.services = services
            if isOpen {
                draft.admission = .open
                draft.flags = [.unhostedOpen, .unhostedOK]
            }
            let signed = try draft.signed(by: link, self.crypto)
            self.link = (link.path, link.fragment(), link.guestFragment())
            self.gate = isOpen ? .joins : .waits
            self.delivery = Delivery(
                meeting: DeliveryMeeting(
                    id: id, instance: draft.instance,
                    descriptor: try Meeting.MeetingDescriptor(decoding: signed.meeting.encoded),
                    lobbyDescriptor: signed.lobby.encoded),
                installationSecret: [UInt8](repeating: 7, count: 32))
        }

        func enter(
            _ name: String, isHost: Bool = false, _ change: (inout PeerOptions) -> Void = { _ in }
        ) throws -> Guest {
            try self.enter(name, isHost ? self.link.host : self.link.guest, change)
        }

        /// A service, by a job that the host makes.
        func enter(_ name: String, as info: ServiceInfo) throws -> Guest {
            let fragment = self.link.host, path = self.link.path
            let host = try Link(meetingID: path.span, fragment: fragment.span, self.crypto)
            let job = try host.service(
                info, instance: 0, notBefore: TestMeeting.unix - 60, notAfter: TestMeeting.unix + 3_600, self.crypto)
            return try self.enter(name, job.fragment()) { _ in }
        }

        private func enter(
            _ name: String, _ fragment: [UInt8], _ change: (inout PeerOptions) -> Void
        ) throws -> Guest {
            let path = self.link.path
            let link = try Link(meetingID: path.span, fragment: fragment.span, self.crypto)
            var options = PeerOptions(name: try #require(DisplayName(name)))
            change(&options)
            let guest = try Guest(link, options, ConnectionID(rawValue: UInt64(self.guests.count + 1)))
            self.guests.append(guest)
            self.tell(guest, .command(.enter))
            self.connect(guest)
            return guest
        }

        func connect(_ guest: Guest) {
            self.tell(guest, .connected)
            self.carryOut(
                self.delivery.connect(guest.connection, gate: self.gate, now: self.instant, using: &self.generator))
        }

        func tell(_ guest: Guest, _ input: EngineInput) {
            guard !guest.isGone else { return }
            for effect in guest.member.handle(input, now: self.time) {
                switch effect {
                case .send(let bytes):
                    self.carryOut(
                        self.delivery.receive(
                            bytes, from: guest.connection, now: self.instant, unixSeconds: self.time.unix / 1_000))
                case .reconnect: break
                case .keys(let changes, _):
                    for change in changes { guest.keyring.keyring.apply(change, now: self.now) }
                case .stop(let kind): guest.stopped.append("\(kind)")
                case .end(let failure): guest.ended = .some(failure)
                }
            }
        }

        private var queue: [(Guest, [UInt8])] = []

        /// In order, and never while somebody is being told something.
        private func carryOut(_ effects: [DeliveryEffect]) {
            for case .send(let connections, let frame) in effects {
                for guest in self.guests where connections.contains(guest.connection) {
                    self.queue.append((guest, frame.encoded))
                }
            }
        }

        func run(until condition: () -> Bool, within milliseconds: UInt64 = 10_000) -> Bool {
            let end = self.now + milliseconds
            while !condition() {
                guard self.now < end else { return false }
                self.now += 50
                while !self.queue.isEmpty {
                    let (guest, bytes) = self.queue.removeFirst()
                    self.tell(guest, .wire(bytes))
                }
                self.carryOut(self.delivery.elapse(now: self.instant))
                if self.now % 250 == 0 { for guest in self.guests { self.tell(guest, .tick) } }
            }
            return true
        }

        private var instant: ContinuousClock.Instant { self.start + .milliseconds(self.now) }
        private var time: EngineTime {
            EngineTime(monotonic: self.now, unix: TestMeeting.unix * 1_000 + self.now)
        }
    }

    private func names(_ guest: Guest) -> [String] { guest.names.values.sorted() }

    @Test("a host that admits lets in whoever waits; then both send, and each knows whose frames they hear")
    func admits() throws {
        let corridor = try Corridor()
        let host = try corridor.enter("Anna", isHost: true) { $0.admits = true }
        #expect(corridor.run(until: { host.mayEncrypt }))
        let guest = try corridor.enter("Bram")
        #expect(!guest.mayEncrypt && guest.keyring.sealed() == nil)
        #expect(corridor.run(until: { guest.mayEncrypt && self.names(host) == ["Bram"] }))
        #expect(corridor.run(until: { self.names(guest) == ["Anna"] }))
        let spoken = guest.keyring.sealed()
        #expect(spoken != nil)
        let own = guest.roster.first { $0.isOwn }?.signatureKey
        #expect(own != nil && host.keyring.owner(spoken) == own)
        #expect(host.keyring.owner(spoken) == nil, "once")
    }

    @Test("a host that does not admit sees who waits, and whoever waits has no key")
    func waits() throws {
        let corridor = try Corridor()
        let host = try corridor.enter("Anna", isHost: true)
        #expect(corridor.run(until: { host.mayEncrypt }))
        let guest = try corridor.enter("Bram")
        #expect(corridor.run(until: { host.waiting == ["Bram"] }))
        #expect(!corridor.run(until: { guest.state != .knocking }, within: 5_000))
        #expect(guest.keyring.sealed() == nil && guest.keyring.owner(host.keyring.sealed()) == nil)
        #expect(guest.roster.isEmpty && guest.names.isEmpty)
    }

    @Test("whoever is removed stops at that moment, is told in a sentence, and hears nothing more")
    func ejected() throws {
        let corridor = try Corridor()
        let host = try corridor.enter("Anna", isHost: true) { $0.admits = true }
        #expect(corridor.run(until: { host.mayEncrypt }))
        let guest = try corridor.enter("Bram")
        #expect(corridor.run(until: { guest.mayEncrypt && self.names(host) == ["Bram"] }))
        let late = guest.keyring.sealed()
        let key = try #require(host.names.first { $0.value == "Bram" }?.key)
        corridor.tell(host, .command(.eject(key)))
        #expect(corridor.run(until: { guest.ended == .some(.ejected) }))
        #expect(guest.keyring.sealed() == nil)
        #expect(corridor.run(until: { host.roster.count == 1 && host.mayEncrypt }))
        #expect(host.keyring.owner(late) == nil, "what was under way is dropped at once")
        #expect(guest.keyring.owner(host.keyring.sealed()) == nil)
    }

    @Test("behind an open door guests found the meeting and go on without a host")
    func openDoor() throws {
        let corridor = try Corridor(isOpen: true)
        let guests = [try corridor.enter("Bram")]
        #expect(corridor.run(until: { guests[0].mayEncrypt }), "\(guests[0].state)")
        let second = try corridor.enter("Chris")
        #expect(corridor.run(until: { second.mayEncrypt && guests[0].mayEncrypt }))
        #expect(second.keyring.owner(guests[0].keyring.sealed()) != nil)
    }

    @Test(
        "a host who comes back to a meeting without hosts sends nothing until told to go on", arguments: [true, false])
    func goesOn(_ goesOn: Bool) throws {
        let corridor = try Corridor()
        let host = try corridor.enter("Anna", isHost: true) { $0.admits = true }
        #expect(corridor.run(until: { host.mayEncrypt }))
        let guest = try corridor.enter("Bram")
        #expect(corridor.run(until: { guest.mayEncrypt }))
        // The host's program is gone, with all it knew.
        host.isGone = true
        let again = try corridor.enter("Anna", isHost: true) { $0.goesOn = goesOn }
        let isOn = corridor.run(until: { again.mayEncrypt && guest.mayEncrypt }, within: 5_000)
        #expect(isOn == goesOn, "\(again.state) \(String(describing: again.gate))")
        #expect((again.keyring.sealed() != nil) == goesOn)
    }

    @Test("it says what it is told to, once, and of what others say it reports that they did, without their words")
    func says() throws {
        let corridor = try Corridor()
        let host = try corridor.enter("Anna", isHost: true) { $0.admits = true }
        #expect(corridor.run(until: { host.mayEncrypt }))
        let guest = try corridor.enter("Bram") { $0.words = "hallo" }
        #expect(corridor.run(until: { host.lines.count == 1 }))
        #expect(host.lines[0].length == 5 && host.lines[0].id.count == 16)
        #expect(host.lines[0].key == guest.roster.first { $0.isOwn }?.signatureKey)
        #expect(!corridor.run(until: { host.lines.count > 1 || !guest.lines.isEmpty }, within: 2_000))
    }

    @Test("a captioner comes in by its job, hears nobody who did not agree, and its lines are captions about who did")
    func captions() throws {
        let corridor = try Corridor(services: .captions)
        let host = try corridor.enter("Anna", isHost: true) {
            $0.admits = true
            $0.admitsServices = true
            $0.agrees = true
        }
        #expect(corridor.run(until: { host.mayEncrypt }))
        let guest = try corridor.enter("Bram")
        #expect(corridor.run(until: { guest.mayEncrypt && self.names(host) == ["Bram"] }))
        let owner = try #require(host.key)
        let service = try corridor.enter(
            "Captions", as: ServiceInfo(role: .captions, ownerKey: owner, purposes: .transcribe, place: .participant))
        service.member.say(Array("goedemorgen".utf8))
        #expect(corridor.run(until: { host.captions == 1 && guest.captions == 1 }), "\(service.state)")
        #expect(host.mayEncrypt && service.mayEncrypt)
        #expect(!guest.mayEncrypt && guest.gate == .consent && guest.keyring.sealed() == nil)
        let isUnheard = service.roster.first { $0.signatureKey == guest.key }?.usable.isEmpty
        #expect(isUnheard == true && guest.lines.isEmpty)
    }

    @Test("it stops what a host asks to be stopped, once, and what the rules leave to others; a hostile one does not")
    func obeys() throws {
        let corridor = try Corridor()
        let host = try corridor.enter("Anna", isHost: true) { $0.admits = true }
        #expect(corridor.run(until: { host.mayEncrypt }))
        let guest = try corridor.enter("Bram"), hostile = try corridor.enter("Mallory") { $0.disobeys = true }
        #expect(corridor.run(until: { guest.mayEncrypt && hostile.mayEncrypt && self.names(host).count == 2 }))
        for act in [Moderation.Act.askToUnmute, .mute, .mute] {
            corridor.tell(host, .command(.say(.moderation, Moderation(target: nil, act: act))))
        }
        #expect(corridor.run(until: { guest.stopped == ["audio"] }))
        corridor.tell(host, .command(.setFeatures([.chat, .microphone])))
        #expect(corridor.run(until: { guest.stopped == ["audio", "video"] }))
        #expect(hostile.stopped.isEmpty && host.stopped.isEmpty)
    }

    @Test("what a hostile one says against the rules is sealed like anything else, and the others do not take it")
    func defies() throws {
        let corridor = try Corridor()
        let host = try corridor.enter("Anna", isHost: true) { $0.admits = true }
        #expect(corridor.run(until: { host.mayEncrypt }))
        let guest = try corridor.enter("Bram")
        let hostile = try corridor.enter("Mallory") {
            $0.disobeys = true
            $0.words = "hoor mij"
            $0.wordsAgainSeconds = 1
        }
        #expect(corridor.run(until: { host.lines.count > 1 && guest.lines.count > 1 }))
        corridor.tell(host, .command(.setFeatures([.microphone, .camera])))
        // From the first one that is refused on, not one is taken: those before it were said under the old rules.
        #expect(corridor.run(until: { host.member.faults[FaultCode.app.rawValue] ?? 0 > 0 }))
        let heard = host.lines.count
        #expect(corridor.run(until: { host.member.faults[FaultCode.app.rawValue] ?? 0 > 3 }))
        #expect(host.lines.count == heard && guest.member.faults[FaultCode.app.rawValue] ?? 0 >= 3)
        #expect(hostile.mayEncrypt && guest.mayEncrypt)
        corridor.tell(host, .command(.setFeatures([.microphone, .camera, .chat])))
        #expect(corridor.run(until: { host.lines.count > heard }))
    }

    @Test("leaving wipes every key")
    func leaves() throws {
        let corridor = try Corridor()
        let host = try corridor.enter("Anna", isHost: true)
        #expect(corridor.run(until: { host.mayEncrypt }))
        #expect(host.keyring.sealed() != nil)
        corridor.tell(host, .command(.leave))
        #expect(host.ended == .some(nil) && host.keyring.sealed() == nil && !host.mayEncrypt)
    }
}
