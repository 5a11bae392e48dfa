import Crypto
import Meeting
import Testing

@Suite("Hosts are known by certificate")
struct ChainTests {
    private let authority = Authority()
    private let leaf = Authority.signingKey(1)
    private let device = Authority.signingKey(50)

    /// What the service says to a leaf that shows a chain.
    private func shown(_ chain: Chain) throws -> DeliveryEvent? {
        let scene = try DeliveryScene()
        let peer = scene.connect(.waits, key: self.leaf)
        return scene.bind(peer, leaf: .max, chain: chain, group: GroupID([]))
    }

    private func certificate(
        by issuer: Curve25519.Signing.PrivateKey, for subject: Curve25519.Signing.PrivateKey, kind: UInt8 = 1,
        _ role: CertificateRole, _ rights: UInt16
    ) -> [UInt8] {
        Authority.certificate(
            by: issuer, for: Authority.publicKey(of: subject), kind: kind, role: role, rights: rights)
    }

    @Test("a leaf by the authority, and a leaf by a device by the authority, are what they say")
    func valid() throws {
        #expect(try self.shown(self.authority.chain(.host, for: Authority.publicKey(of: self.leaf))) == .ok)
        let long = try Authority.chain(
            self.certificate(by: self.device, for: self.leaf, .cohost, 0x01),
            self.certificate(by: self.authority.key, for: self.device, kind: 3, .cohost, 0x41))
        #expect(try self.shown(long) == .ok)
    }

    @Test("a chain that breaks one rule is none")
    func invalid() throws {
        let root = self.authority.key
        let key = Authority.publicKey(of: self.leaf)
        let chains = [
            // Another meeting, another instance, too early, too late, another authority.
            [
                Authority.certificate(
                    by: root, for: key, role: .host, rights: 1, meeting: [UInt8](repeating: 1, count: 16))
            ],
            [Authority.certificate(by: root, for: key, role: .host, rights: 1, instance: 1)],
            [
                Authority.certificate(
                    by: root, for: key, role: .host, rights: 1,
                    validity: Authority.unixSeconds + 1..<Authority.unixSeconds + 2)
            ],
            [
                Authority.certificate(
                    by: root, for: key, role: .host, rights: 1,
                    validity: Authority.unixSeconds - 2..<Authority.unixSeconds - 1)
            ],
            [self.certificate(by: self.device, for: self.leaf, .host, 1)],
            // More rights than the role has, or than the issuer.
            [self.certificate(by: root, for: self.leaf, .cohost, 0x08)],
            [
                self.certificate(by: self.device, for: self.leaf, .cohost, 0x03),
                self.certificate(by: root, for: self.device, kind: 3, .cohost, 0x41),
            ],
            // An issuer that may not issue; a role that rises; a device in the wrong place; a lone participant.
            [
                self.certificate(by: self.device, for: self.leaf, .cohost, 0x01),
                self.certificate(by: root, for: self.device, kind: 3, .cohost, 0x01),
            ],
            [
                self.certificate(by: self.device, for: self.leaf, .host, 0x01),
                self.certificate(by: root, for: self.device, kind: 3, .cohost, 0x41),
            ],
            [self.certificate(by: root, for: self.leaf, kind: 3, .host, 1)],
            [self.certificate(by: root, for: self.leaf, .participant, 0)],
            // A service by somebody who may not start services.
            [
                self.certificate(by: self.device, for: self.leaf, .recorder, 0),
                self.certificate(by: root, for: self.device, kind: 3, .host, 0x40),
            ],
            // The wrong order.
            [
                self.certificate(by: root, for: self.leaf, .host, 0x01),
                self.certificate(by: self.device, for: self.leaf, .host, 0x01),
            ],
        ]
        for certificates in chains {
            let chain =
                try certificates.count == 1
                ? Authority.chain(certificates[0]) : Authority.chain(certificates[0], certificates[1])
            #expect(try self.shown(chain) == .failed(.denied))
        }
    }

    @Test("one changed bit of a certificate makes it worthless")
    func changed() throws {
        let whole = self.certificate(by: self.authority.key, for: self.leaf, .cohost, 0x01)
        #expect(whole.count == 179)
        for offset in [88, 100, 108, 120, 178] {
            var bytes = whole
            bytes[offset] ^= 1
            guard let chain = try? Authority.chain(bytes) else { continue }
            #expect(try self.shown(chain) == .failed(.denied))
        }
    }

    @Test("a personal link that need not wait comes in by itself, one that has to wait does not")
    func ticket() throws {
        for (rights, expected) in [(0xC0, true), (0x40, false)] as [(UInt16, Bool)] {
            let scene = try DeliveryScene()
            _ = try scene.host()
            let peer = scene.connect(.waits, key: Authority.signingKey(70))
            let chain = try Authority.chain(
                self.certificate(by: self.device, for: peer.key, .participant, rights & 0x80),
                self.certificate(by: self.authority.key, for: self.device, kind: 2, .participant, rights))
            #expect(scene.bind(peer, leaf: .max, chain: chain, group: GroupID([])) == .ok)
            let answer = scene.say(DeliveryScene.get(.groupInfo), from: peer)
            #expect((answer == .failed(.denied)) == !expected)
        }
    }

    @Test("a descriptor says whose authority it is, and whether that signed it")
    func descriptor() throws {
        let descriptor = try self.authority.descriptor(admission: .open, flags: 0x08)
        #expect(descriptor.isSigned && descriptor.authority == Authority.publicKey(of: self.authority.key))
        var bytes = descriptor.bytes
        bytes[21] ^= 1
        #expect(try !MeetingDescriptor(decoding: bytes).isSigned)
        for count in 0..<descriptor.bytes.count {
            #expect(throws: (any Error).self) { try MeetingDescriptor(decoding: Array(descriptor.bytes.prefix(count))) }
        }
    }
}
