import BeraadTesting
import E2EE
import Testing
import Wire

/// Meetings and personal links as a page makes them, through the door of bytes.
@Suite("Making meetings and links")
struct MakerDoorTests {
    private static let meeting = MeetingInstance(meetingID: counting(from: 0, 16), number: 0)
    private static let path = Array("AAECAwQFBgcICQoLDA0ODw".utf8)
    private static let card = MeetingCard(
        title: Array("Overleg".utf8), hostName: Array("Anna".utf8), agenda: [], language: Array("nl".utf8),
        start: 1_800_000_000, minutes: 45)

    private static func order(_ change: (inout DraftOrder) -> Void = { _ in }) -> DraftOrder {
        var order = DraftOrder(
            Self.meeting, .waiting, [.chat, .camera, .microphone], membersMax: 2, notBefore: 1_799_990_000,
            notAfter: 1_800_600_000, profile: Array("coaching".utf8), profileHash: counting(from: 9, 32), Self.card)
        change(&order)
        return order
    }

    /// What a door answered, in its parts.
    private struct Drafted {
        let inviteID: [UInt8]
        let meeting: MeetingDescriptor
        let lobby: LobbyDescriptor
        let guest: [UInt8]
        let host: [UInt8]

        init(_ form: OutputForm) throws {
            var reader = ByteReader(form.bytes.rawSpan)
            self.inviteID = try reader.array(16)
            self.meeting = try MeetingDescriptor(decoding: try reader.vector().array())
            self.lobby = try LobbyDescriptor(decoding: try reader.vector().array())
            try reader.end()
            let fragments = try #require(form.secret).secret.copied()
            #expect(fragments.count == 44 + 66)
            self.guest = Array(fragments.prefix(44))
            self.host = Array(fragments.dropFirst(44))
        }

        func link(_ fragment: [UInt8]) throws -> Link {
            let path = MakerDoorTests.path
            return try Link(meetingID: path.span, fragment: fragment.span, native)
        }
    }

    private static func draft(_ order: DraftOrder) throws -> Drafted {
        try Drafted(try EngineDoor(native).draft(order.encoded))
    }

    @Test("What is signed is what was asked for, and both fragments are links to it")
    func draft() throws {
        let drafted = try Self.draft(Self.order())
        let host = try drafted.link(drafted.host), guest = try drafted.link(drafted.guest)
        #expect(host.kind == .host && guest.kind == .guest)
        #expect(guest.authorityFingerprint == host.authorityFingerprint)
        let invite = InviteKeys(guest.invite(native), native)
        #expect(invite.identifier == drafted.inviteID)
        let meeting = drafted.meeting
        #expect(meeting.isTrue(fingerprint: guest.authorityFingerprint, native))
        #expect(meeting.instance == Self.meeting && meeting.admission == .waiting && meeting.flags == [])
        #expect(meeting.featuresMax == [.chat, .camera, .microphone] && meeting.servicesMax == [])
        #expect(meeting.membersMax == 2 && meeting.isForTwo)
        #expect(meeting.notBefore == 1_799_990_000 && meeting.notAfter == 1_800_600_000)
        #expect(meeting.profile == Array("coaching".utf8) && meeting.profileHash == counting(from: 9, 32))
        #expect(drafted.lobby.instance == Self.meeting && drafted.lobby.isSigned(by: meeting.authorityKey, native))
        #expect(try drafted.lobby.meetingCard(invite, native) == Self.card)
    }

    @Test("An open door opens without a host too")
    func open() throws {
        let meeting = try Self.draft(Self.order { $0.admission = .open }).meeting
        #expect(meeting.admission == .open && meeting.flags == [.unhostedOpen, .unhostedOK])
    }

    @Test("The secrets are the provider's: the same numbers make the same links, other ones others")
    func randomness() throws {
        func fragments(_ seed: UInt64) throws -> [UInt8] {
            let crypto = SeededCryptoProvider(seed: seed, hasRealKEM: true)
            let form = try EngineDoor(crypto).draft(Self.order().encoded)
            return try #require(form.secret).secret.copied()
        }
        let first = try fragments(1), again = try fragments(1), other = try fragments(2)
        #expect(first == again && first != other)
        let one = try Self.draft(Self.order()), two = try Self.draft(Self.order())
        #expect(one.host != two.host && one.inviteID != two.inviteID)
        #expect(one.meeting.authorityKey != two.meeting.authorityKey)
    }

    @Test("What no meeting can be is no order")
    func refusedOrders() throws {
        let wrong: [(inout DraftOrder) -> Void] = [
            { $0.admission = .members }, { $0.admission = .closed },
            { $0.features = FeatureSet(rawValue: 0x2000) }, { $0.features.insert(FeatureSet(rawValue: 1 << 31)) },
            { $0.membersMax = 0 }, { $0.membersMax = 501 }, { $0.notAfter = $0.notBefore },
            { $0.notBefore = .max }, { $0.profile = [UInt8](repeating: 65, count: 256) }, { $0.profile = [0xFF] },
            { $0.card.title = [UInt8](repeating: 65, count: 513) },
            { $0.card.agenda = [UInt8](repeating: 65, count: 8_193) },
        ]
        for (index, change) in wrong.enumerated() {
            #expect(throws: E2EEError(.codec, .malformed), "\(index)") { try Self.refuse(Self.order(change).encoded) }
        }
        let good = Self.order().encoded
        for count in 0..<good.count {
            #expect(throws: E2EEError(.codec, .malformed)) { try Self.refuse(Array(good.prefix(count))) }
        }
        #expect(throws: E2EEError(.codec, .malformed)) { try Self.refuse(good + [0]) }
        _ = try EngineDoor(native).draft(good)
    }

    private static func refuse(_ bytes: [UInt8]) throws { _ = try EngineDoor(native).draft(bytes) }

    // MARK: Personal links

    private static func personalOrder(_ fragment: [UInt8], mayEnter: UInt8 = 1, until notAfter: UInt64 = 20) -> [UInt8]
    {
        var writer = ByteWriter()
        writer.u32(0)
        writer.u8(mayEnter)
        writer.u64(10)
        writer.u64(notAfter)
        writer.vector(Self.path)
        writer.vector(fragment)
        return writer.bytes
    }

    @Test("A personal link hangs on the authority, and is named by the hash of its key")
    func personal() throws {
        let drafted = try Self.draft(Self.order())
        for mayEnter: UInt8 in [0, 1] {
            let form = try EngineDoor(native).personal(Self.personalOrder(drafted.host, mayEnter: mayEnter))
            var reader = ByteReader(form.bytes.rawSpan)
            let hash = try reader.array(32), key = try reader.array(32)
            let certificate = try RoleCertificate(decoding: try reader.vector().array())
            try reader.end()
            let fragment = try #require(form.secret).secret.copied()
            let link = try drafted.link(fragment)
            #expect(fragment.count == 87 && link.kind == .personal)
            #expect(try link.publicKey(native) == key && certificate.subjectKey == key)
            var digest = [UInt8](repeating: 0, count: 32)
            var out = digest.mutableSpan
            native.hash(.sha256, key.span, &out)
            #expect(hash == digest)
            #expect(certificate.isSigned(by: drafted.meeting.authorityKey, native))
            #expect(certificate.instance == Self.meeting && certificate.kind == .ticket)
            #expect(certificate.role == .participant)
            #expect(certificate.rights == (mayEnter == 1 ? [.delegate, .enter] : .delegate))
            #expect(certificate.notBefore == 10 && certificate.notAfter == 20)
        }
    }

    @Test("Only a host link makes one, only a whole order is one, and the link that a door holds stays")
    func refusedPersonal() throws {
        let drafted = try Self.draft(Self.order())
        func refuse(_ bytes: [UInt8]) throws { _ = try EngineDoor(native).personal(bytes) }
        #expect(throws: E2EEError(.usage, .unsupported)) { try refuse(Self.personalOrder(drafted.guest)) }
        let good = Self.personalOrder(drafted.host)
        for count in 0..<good.count {
            #expect(throws: E2EEError(.codec, .malformed)) { try refuse(Array(good.prefix(count))) }
        }
        for bytes in [
            good + [0], Self.personalOrder(drafted.host, mayEnter: 2), Self.personalOrder(drafted.host, until: 10),
            Self.personalOrder(Array(drafted.host.dropLast())),
        ] {
            #expect(throws: E2EEError(.codec, .malformed)) { try refuse(bytes) }
        }
        #expect(throws: E2EEError(.codec, .unsupported)) {
            try refuse(Self.personalOrder(Array("BR".utf8) + drafted.host.dropFirst(2)))
        }
        var door = EngineDoor(native)
        var link = ByteWriter()
        link.vector(Self.path)
        link.vector(drafted.guest)
        _ = try door.open(link.bytes)
        _ = try door.personal(good)
        _ = try door.draft(Self.order().encoded)
        let common = try door.guestFragment()
        #expect(common == drafted.guest)
    }

    // MARK: Jobs

    private static func serviceOrder(
        _ fragment: [UInt8], role: UInt8 = 18, purposes: UInt16 = 8, place: UInt8 = 1, until notAfter: UInt64 = 20
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.u32(0)
        writer.u8(role)
        writer.append(counting(from: 7, 32))
        writer.u16(purposes)
        writer.u8(place)
        writer.u64(10)
        writer.u64(notAfter)
        writer.vector(Self.path)
        writer.vector(fragment)
        return writer.bytes
    }

    @Test("A job is made under the host link, names its leaf, and is no link for a page")
    func service() throws {
        let drafted = try Self.draft(Self.order())
        let form = try EngineDoor(native).service(Self.serviceOrder(drafted.host))
        let fragment = try #require(form.secret).secret.copied()
        let link = try drafted.link(fragment)
        let found = link.job
        let job = try #require(found)
        #expect(try link.publicKey(native) == form.bytes && job.certificate.subjectKey == form.bytes)
        #expect(job.certificate.isSigned(by: drafted.meeting.authorityKey, native))
        #expect(job.info.role == .captions && job.info.ownerKey == counting(from: 7, 32))
        #expect(job.info.purposes == .transcribe && job.info.place == .participant)
        var page = ByteWriter()
        page.vector(Self.path)
        page.vector(fragment)
        let bytes = page.bytes
        #expect(throws: E2EEError(.codec, .unsupported)) {
            var door = EngineDoor(native)
            _ = try door.open(bytes)
        }
    }

    @Test("What no service can be is no order for one")
    func refusedServices() throws {
        let drafted = try Self.draft(Self.order())
        func refuse(_ bytes: [UInt8]) throws { _ = try EngineDoor(native).service(bytes) }
        #expect(throws: E2EEError(.usage, .unsupported)) { try refuse(Self.serviceOrder(drafted.guest)) }
        let good = Self.serviceOrder(drafted.host)
        for count in 0..<good.count {
            #expect(throws: E2EEError(.codec, .malformed)) { try refuse(Array(good.prefix(count))) }
        }
        for bytes in [
            good + [0], Self.serviceOrder(drafted.host, role: 3), Self.serviceOrder(drafted.host, purposes: 0),
            Self.serviceOrder(drafted.host, purposes: 0x80), Self.serviceOrder(drafted.host, place: 4),
            Self.serviceOrder(drafted.host, until: 10),
        ] {
            #expect(throws: E2EEError(.codec, .malformed)) { try refuse(bytes) }
        }
    }
}
