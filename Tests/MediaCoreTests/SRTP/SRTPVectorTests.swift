import MediaCore
import MediaCrypto
import Testing

@Suite("SRTP vectors")
struct SRTPVectorTests {
    /// RFC 3711 appendix B.3: key derivation. The RTCP keys have no vector of their own there; they differ by label.
    @Test("session keys are those of RFC 3711")
    func derivation() throws {
        let masterKey = SRTPSupport.bytes("E1F97A0D3E018BE0D64FA32C06DE4139")
        let masterSalt = SRTPSupport.bytes("0EC675AD498AFEEBB6960B3AABE6")
        let derivation = unsafe try SRTPKeyDerivation(
            masterKey: masterKey.span.bytes, masterSalt: masterSalt.span.bytes)
        let key = Self.array(derivation.derive(.rtpKey, count: 16))
        let salt = Self.array(derivation.derive(.rtpSalt, count: 14))
        let proof = Self.array(derivation.derive(.rtpAuthentication, count: 94))
        #expect(key == SRTPSupport.bytes("C61E7A93744F39EE10734AFE3FF7A087"))
        #expect(salt == SRTPSupport.bytes("30CBBC08863D8C85D49DB34A9AE1"))
        #expect(
            proof
                == SRTPSupport.bytes(
                    """
                    CEBE321F6FF7716B6FD4AB49AF256A15 6D38BAA48F0A0ACF3C34E2359E6CDBCE E049646C43D9327AD175578EF7227098
                    6371C10C9A369AC2F94A8C5FBCDDDC25 6D6E919A48B610EF17C2041E47403576 6B68642C59BBFC2F34DB60DBDFB2
                    """))
    }

    /// RFC 7714 §16.1.1 and §16.1.2: SRTP with AEAD_AES_128_GCM, ROC 0, SEQ 0xF17B.
    @Test("GCM seals and opens the RTP packet of RFC 7714")
    func gcmRTP() throws {
        let plain = SRTPSupport.bytes(
            "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573")
        let wire = SRTPSupport.bytes(
            """
            8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833
            899d7f27beb16a9152cf765ee4390cce
            """)
        let keys = Self.rfc7714Keys()
        let sender = SRTPSealer(try SRTPSender(keys, streams: 1))
        let receiver = SRTPOpener(try SRTPReceiver(keys, streams: 1, reporters: 1))
        let sealed = sender.seal(plain, index: 0xf17b)
        #expect(sealed == wire)
        let opened = receiver.open(wire)
        #expect(opened?.packet == plain)
        #expect(opened?.index == 0xf17b)
    }

    /// RFC 7714 §17.1 and §17.2: SRTCP with AEAD_AES_128_GCM, index 0x5D4.
    @Test("GCM seals and opens the RTCP packet of RFC 7714")
    func gcmRTCP() throws {
        let plain = SRTPSupport.bytes(
            """
            81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61
            deadbeefdeadbeefdeadbeefdeadbeefdeadbeef
            """)
        let wire = SRTPSupport.bytes(
            """
            81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded
            0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4
            """)
        let keys = Self.rfc7714Keys()
        let sender = SRTPSealer(try SRTPSender(keys, streams: 1, firstRTCPIndex: 0x5d4))
        let receiver = SRTPOpener(try SRTPReceiver(keys, streams: 1, reporters: 1))
        let sealed = sender.sealRTCP(plain)
        #expect(sealed == wire)
        let opened = receiver.openRTCP(wire)
        #expect(opened == plain)
    }

    /// RFC 3711 has no whole packet; this one is the known answer of libsrtp's own test driver, with the master key of
    /// RFC 3711 appendix B.3 and SRTCP index 1.
    @Test("SHA1_80 seals what libsrtp seals")
    func counterMode() throws {
        let master = SRTPSupport.bytes("E1F97A0D3E018BE0D64FA32C06DE4139")
        let salt = SRTPSupport.bytes("0EC675AD498AFEEBB6960B3AABE6")
        let material = master + master + salt + salt
        let block = unsafe SRTPKeyBlock(profile: .aes128CMSHA1, block: material.span.bytes)!
        let sender = SRTPSealer(try SRTPSender(block, side: .server, streams: 1, firstRTCPIndex: 1))
        let packet = sender.seal(
            SRTPSupport.bytes("800f1234decafbadcafebabeabababababababababababababababab"), index: 0x1234)
        #expect(
            packet
                == SRTPSupport.bytes(
                    "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb"))
        let report = sender.sealRTCP(SRTPSupport.bytes("81c8000bcafebabeabababababababababababababababab"))
        #expect(
            report
                == SRTPSupport.bytes(
                    "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798"))
    }

    /// RFC 7714 gives session keys; nothing is derived.
    private static func rfc7714Keys() -> SRTPSessionKeys {
        let key = SRTPSupport.bytes("000102030405060708090a0b0c0d0e0f")
        let salt = SRTPSupport.bytes("517569642070726f2071756f")
        return SRTPSessionKeys(
            profile: .aeadAES128GCM,
            rtp: .init(key: SRTPSupport.secret(key), proof: SRTPSupport.secret([]), salt: SRTPSupport.secret(salt)),
            rtcp: .init(key: SRTPSupport.secret(key), proof: SRTPSupport.secret([]), salt: SRTPSupport.secret(salt)))
    }

    private static func array(_ secret: consuming Secret) -> [UInt8] {
        unsafe secret.bytes.withUnsafeBytes { unsafe Array($0) }
    }
}
