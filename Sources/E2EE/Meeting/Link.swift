/// Why a link cannot be used.
public enum LinkError: Error, Equatable, Sendable {
    /// "This link is damaged": a character, a length or an unused bit is wrong.
    case damaged
    /// "This link needs a newer client": a version we do not know.
    case newer
}

/// What a link gives its holder.
public enum LinkKind: UInt8, Sendable, CaseIterable {
    /// The common link: everybody.
    case guest = 1
    /// The host link: full power, shown once to its owner.
    case host = 2
    /// A personal link with a ticket key.
    case personal = 3
    /// A service's job: key, certificate, and what it is to be (`docs/decisions/0019`).
    case service = 4

    /// Bytes of the fragment, its version byte included.
    var byteCount: Int {
        switch self {
        case .guest: 33
        case .host: 49
        case .personal: 65
        case .service: 280
        }
    }
}

/// A meeting's link (`e2ee.md` 3.1): `https://HOST/m/` id `#` fragment. This value knows the two parts that mean
/// something; the address belongs to the client. The server never sees a fragment.
public struct Link: ~Copyable, Sendable {
    /// What it gives.
    public let kind: LinkKind
    /// 16 bytes, given by the server at creation.
    public let meetingID: [UInt8]
    /// First 16 bytes of H("authority", meeting id || authority key); for a host link computed from its seed.
    public let authorityFingerprint: [UInt8]
    private let inviteSecret: Secret
    /// Authority or ticket seed, or that of a service's own leaf; empty for a guest.
    private let seed: Secret
    /// What a service is to be.
    package let job: ServiceJob?

    /// Makes the host link of a new meeting from fresh secrets, invite secret 16 and authority seed 32 bytes.
    public init<Crypto: CryptoProvider>(
        hostOf meetingID: [UInt8], inviteSecret: consuming Secret, authoritySeed: consuming Secret,
        _ crypto: Crypto
    ) throws(E2EEError) {
        guard meetingID.count == 16, inviteSecret.count == 16, authoritySeed.count == 32 else {
            throw E2EEError(.usage, .length)
        }
        let fingerprint = try Self.fingerprint(of: authoritySeed, meetingID, crypto)
        self.kind = .host
        self.meetingID = meetingID
        self.authorityFingerprint = fingerprint
        self.inviteSecret = inviteSecret
        self.seed = authoritySeed
        self.job = nil
    }

    /// Makes the host link of a new meeting, with secrets out of the provider's generator.
    public init<Crypto: CryptoProvider>(newMeeting meetingID: [UInt8], _ crypto: Crypto) throws(E2EEError) {
        try self.init(
            hostOf: meetingID, inviteSecret: try crypto.randomSecret(16), authoritySeed: try crypto.randomSecret(32),
            crypto)
    }

    /// Reads the two parts of a link, given as ASCII: the path's last component, and what stands behind `#`.
    public init<Crypto: CryptoProvider>(
        meetingID: Span<UInt8>, fragment: Span<UInt8>, _ crypto: Crypto
    ) throws(LinkError) {
        guard let identifier = Base64URL.decode(meetingID), identifier.count == 16 else { throw .damaged }
        // A length no version has is refused before it is decoded; versions to come may be longer, within reason.
        guard fragment.count <= 512, var bytes = Base64URL.decode(fragment) else { throw .damaged }
        defer { bytes.wipe() }
        guard let version = bytes.first else { throw .damaged }
        guard version != 0 else { throw .damaged }
        guard let kind = LinkKind(rawValue: version) else { throw .newer }
        guard bytes.count == kind.byteCount else { throw .damaged }
        let seedRange: Range<Int> =
            switch kind {
            case .guest: 33..<33
            case .host: 17..<49
            case .personal, .service: 33..<65
            }
        var job: ServiceJob?
        if kind == .service {
            guard let read = ServiceJob(read: Array(bytes[65...])),
                read.certificate.instance.meetingID == identifier
            else { throw .damaged }
            job = read
        }
        var fingerprint: [UInt8] = []
        if kind == .host {
            do throws(E2EEError) {
                let seed = Secret(copying: bytes.span.extracting(seedRange))
                fingerprint = try Self.fingerprint(of: seed, identifier, crypto)
            } catch {
                throw .damaged
            }
        } else {
            fingerprint = [UInt8](bytes[17..<33])
        }
        self.kind = kind
        self.meetingID = identifier
        self.authorityFingerprint = fingerprint
        self.inviteSecret = Secret(copying: bytes.span.extracting(1..<17))
        self.seed = Secret(copying: bytes.span.extracting(seedRange))
        self.job = job
    }

    /// The meeting's id as it stands in the path.
    public var path: [UInt8] { Base64URL.encode(self.meetingID.span) }

    /// This link's own fragment.
    public borrowing func fragment() -> [UInt8] {
        let fingerprint = self.kind == .host ? [] : self.authorityFingerprint
        let head = Secret(joining: [self.kind.rawValue].span, self.inviteSecret.span)
        let bytes = Secret(joining: head.span, fingerprint.span, self.seed.span)
        guard let job = self.job else { return Base64URL.encode(bytes.span) }
        let whole = Secret(joining: bytes.span, job.encoded.span)
        return Base64URL.encode(whole.span)
    }

    /// The fragment of the common link to the same meeting: what a host or guest hands on.
    public borrowing func guestFragment() -> [UInt8] {
        let bytes = Secret(
            joining: [LinkKind.guest.rawValue].span, self.inviteSecret.span, self.authorityFingerprint.span)
        return Base64URL.encode(bytes.span)
    }

    /// A personal link made from the host link (`e2ee.md` 3.2): its own seed, and the certificate by which the authority
    /// names its key. The server keeps the certificate and hands it out for the hash of the key.
    package borrowing func personal<Crypto: CryptoProvider>(
        _ rights: Rights, instance: UInt32, notBefore: UInt64, notAfter: UInt64, _ crypto: Crypto
    ) throws(E2EEError) -> PersonalLink {
        guard self.kind == .host else { throw E2EEError(.usage, .unsupported) }
        let seed = try crypto.randomSecret(32)
        let ticketKey = try Labelled<Crypto>.publicKey(crypto, ofSeed: seed)
        let certificate = try RoleCertificate(
            MeetingInstance(meetingID: self.meetingID, number: instance),
            issuer: try Labelled<Crypto>.publicKey(crypto, ofSeed: self.seed), subject: ticketKey,
            .ticket, .participant, rights.union(.delegate), notBefore: notBefore, notAfter: notAfter,
            serial: try crypto.randomBytes(8)
        ).signed(by: self.seed, crypto)
        let link = Link(
            personalOf: self.meetingID, fingerprint: self.authorityFingerprint,
            inviteSecret: self.inviteSecret.duplicate(), ticketSeed: seed)
        return PersonalLink(link: link, certificate: certificate)
    }

    /// A job for a service made from the host link (`e2ee.md` 10): the seed of its leaf's key, which is the one that people are
    /// asked about, and the certificate by which the authority names it. One service at a time can do it.
    package borrowing func service<Crypto: CryptoProvider>(
        _ info: ServiceInfo, instance: UInt32, notBefore: UInt64, notAfter: UInt64, _ crypto: Crypto
    ) throws(E2EEError) -> Link {
        guard self.kind == .host else { throw E2EEError(.usage, .unsupported) }
        let seed = try crypto.randomSecret(32)
        let certificate = try RoleCertificate(
            MeetingInstance(meetingID: self.meetingID, number: instance),
            issuer: try Labelled<Crypto>.publicKey(crypto, ofSeed: self.seed),
            subject: try Labelled<Crypto>.publicKey(crypto, ofSeed: seed), .leaf, info.role, [],
            notBefore: notBefore, notAfter: notAfter, serial: try crypto.randomBytes(8)
        ).signed(by: self.seed, crypto)
        return Link(
            serviceOf: self.meetingID, fingerprint: self.authorityFingerprint,
            inviteSecret: self.inviteSecret.duplicate(), leafSeed: seed,
            ServiceJob(info: info, certificate: certificate))
    }

    private init(
        serviceOf meetingID: [UInt8], fingerprint: [UInt8], inviteSecret: consuming Secret,
        leafSeed: consuming Secret, _ job: ServiceJob
    ) {
        self.kind = .service
        self.meetingID = meetingID
        self.authorityFingerprint = fingerprint
        self.inviteSecret = inviteSecret
        self.seed = leafSeed
        self.job = job
    }

    private init(
        personalOf meetingID: [UInt8], fingerprint: [UInt8], inviteSecret: consuming Secret,
        ticketSeed: consuming Secret
    ) {
        self.kind = .personal
        self.meetingID = meetingID
        self.authorityFingerprint = fingerprint
        self.inviteSecret = inviteSecret
        self.seed = ticketSeed
        self.job = nil
    }

    /// The Ed25519 public key of a host link (the authority key), a personal link (the ticket key) or a job (the leaf's key).
    public borrowing func publicKey<Crypto: CryptoProvider>(_ crypto: Crypto) throws(E2EEError) -> [UInt8]? {
        guard self.kind != .guest else { return nil }
        return try crypto.publicKey(ofSeed: self.seed.span)
    }

    /// Another owner of the seed; nothing for a guest.
    package borrowing func seedCopy() -> Secret? { self.kind == .guest ? nil : self.seed.duplicate() }

    /// Another owner of the invite secret.
    package borrowing func inviteSecretCopy() -> Secret { self.inviteSecret.duplicate() }

    /// What hangs on the invite secret.
    public borrowing func invite<Crypto: CryptoProvider>(_ crypto: Crypto) -> Invite {
        let salt = self.meetingID + self.authorityFingerprint
        return Invite(
            key: HKDF<Crypto>.extract(crypto, .sha256, salt: salt.span, material: self.inviteSecret.span))
    }

    private static func fingerprint<Crypto: CryptoProvider>(
        of seed: borrowing Secret, _ meetingID: [UInt8], _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        let key = try crypto.publicKey(ofSeed: seed.span)
        return [UInt8](Labelled<Crypto>.hash(crypto, "authority", meetingID + key).prefix(16))
    }
}

/// A link of one person's own, and what the server has to know of it.
package struct PersonalLink: ~Copyable, Sendable {
    package let link: Link
    /// Of the ticket key, by the authority.
    package let certificate: RoleCertificate
}
