import MediaCrypto
import Testing

@Suite("DTLS handshake in virtual time")
struct HandshakeTests {
    @Test("both sides get the same keys, by DTLS 1.3, a post-quantum group and GCM")
    func connects() throws {
        let pair = try DTLSPair()
        pair.shake()
        #expect(pair.isConnected)
        #expect(pair.client.version == 0xFEFC)
        #expect(pair.server.version == 0xFEFC)
        #expect(pair.server.group == 0x11EC)
        #expect(pair.server.srtpProfile == SRTPProfile.aeadAES128GCM.rawValue)
        #expect(pair.client.deadline == nil)
        #expect(pair.server.deadline == nil)
        let clientKeys = Self.keys(&pair.client)
        #expect(clientKeys?.count == 4)
        #expect(clientKeys == Self.keys(&pair.server))
        #expect(Set(clientKeys ?? []).count == 4)
        #expect(pair.sent.allSatisfy { $0.payload.count <= 1_200 })
        #expect(pair.now < 20 * DTLSPair.millisecond)
    }

    @Test("keys are handed out once, and not before the end of the handshake")
    func keysOnce() throws {
        let pair = try DTLSPair()
        #expect(Self.keys(&pair.server) == nil)
        pair.shake()
        #expect(Self.keys(&pair.server) != nil)
        #expect(Self.keys(&pair.server) == nil)
    }

    @Test("a ClientHello fills two datagrams, and connects in either order")
    func helloInTwo() throws {
        let pair = try DTLSPair()
        pair.shake { flight in flight.sender == .client && flight.number == 0 ? [5] : [1] }
        #expect(pair.sent[0].payload.count + pair.sent[1].payload.count > 1_200)
        #expect(pair.isConnected)
        #expect(pair.server.restarts == 0)
    }

    @Test("each single datagram may be lost", arguments: [DTLSTerms.Version.dtls13, .dtls12])
    func eachLost(version: DTLSTerms.Version) throws {
        try Self.forEachDatagram(version) { lost in
            { $0.sender == lost.sender && $0.number == lost.number ? [] : [1] }
        }
    }

    @Test("each single datagram may come twice, at once or late", arguments: [DTLSTerms.Version.dtls13, .dtls12])
    func eachTwice(version: DTLSTerms.Version) throws {
        for late: Int64 in [1, 40, 300] {
            try Self.forEachDatagram(version) { twice in
                { $0.sender == twice.sender && $0.number == twice.number ? [1, 1 + late] : [1] }
            }
        }
    }

    @Test("each single datagram may be overtaken", arguments: [DTLSTerms.Version.dtls13, .dtls12])
    func eachLate(version: DTLSTerms.Version) throws {
        for late: Int64 in [3, 60, 250] {
            try Self.forEachDatagram(version) { overtaken in
                { $0.sender == overtaken.sender && $0.number == overtaken.number ? [late] : [1] }
            }
        }
    }

    @Test("a third of all datagrams lost still connects within ten seconds", arguments: 1...20)
    func lossy(seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        let pair = try DTLSPair()
        pair.shake { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33 % 3 == 0 ? [] : [1]
        }
        #expect(pair.isConnected)
    }

    @Test("a peer without DTLS 1.3 gets 1.2", arguments: [DTLSPair.Sender.client, .server])
    func fallback(older: DTLSPair.Sender) throws {
        var terms = DTLSTerms.house
        terms.newest = .dtls12
        let pair = try DTLSPair(
            clientTerms: older == .client ? terms : .house, serverTerms: older == .server ? terms : .house)
        pair.shake()
        #expect(pair.isConnected)
        #expect(pair.client.version == 0xFEFD)
        #expect(pair.server.version == 0xFEFD)
        #expect(Self.keys(&pair.client) == Self.keys(&pair.server))
    }

    @Test("GCM is taken even from a peer that lists it last")
    func preference() throws {
        var terms = DTLSTerms.house
        terms.profiles = [.aes128CMSHA1, .aeadAES128GCM]
        let pair = try DTLSPair(clientTerms: terms)
        pair.shake()
        #expect(pair.client.srtpProfile == SRTPProfile.aeadAES128GCM.rawValue)
    }

    @Test("a peer without GCM gets SHA1_80")
    func olderProfile() throws {
        var terms = DTLSTerms.house
        terms.profiles = [.aes128CMSHA1]
        let pair = try DTLSPair(clientTerms: terms)
        pair.shake()
        #expect(pair.isConnected)
        #expect(pair.server.srtpProfile == SRTPProfile.aes128CMSHA1.rawValue)
        let keys = Self.keys(&pair.server)
        #expect(keys?.map(\.count) == [16, 14, 16, 14])
        #expect(keys == Self.keys(&pair.client))
    }

    /// What a normal run sends, then one run for each of those datagrams with the fate that `fate` gives it.
    private static func forEachDatagram(
        _ version: DTLSTerms.Version, _ fate: (DTLSPair.Flight) -> DTLSPair.Fate
    ) throws {
        var terms = DTLSTerms.house
        terms.newest = version
        let normal = try DTLSPair(clientTerms: terms)
        normal.shake()
        #expect(normal.sent.count >= 4)
        for datagram in normal.sent {
            let pair = try DTLSPair(clientTerms: terms)
            pair.shake(fate: fate(datagram))
            #expect(pair.isConnected, "\(datagram.sender) \(datagram.number)")
            #expect(pair.server.restarts == 0)
            #expect(pair.now < 2_000 * DTLSPair.millisecond)
            #expect(Self.keys(&pair.client) == Self.keys(&pair.server))
        }
    }

    private static func keys(_ association: inout DTLSAssociation) -> [[UInt8]]? {
        guard let block = association.takeKeys() else { return nil }
        var all: [[UInt8]] = []
        for side in [SRTPKeyBlock.Side.client, .server] {
            block.withKeys(of: side) { key, salt in
                all.append(unsafe key.withUnsafeBytes { unsafe Array($0) })
                all.append(unsafe salt.withUnsafeBytes { unsafe Array($0) })
            }
        }
        return all
    }
}
