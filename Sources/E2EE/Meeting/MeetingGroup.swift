/// Makes what the product makes with the engine: leaves, key packages and groups of the profile (`e2ee.md` 4.1).
package enum MeetingGroup {
    /// An identity for one occurrence: a fresh pid, and what the leaf says about itself. Its chain was issued to the
    /// public key of `signatureKey`. In a breakout room the same key and pid are used again.
    package static func identity<Crypto: CryptoProvider>(
        _ leaf: BeraadLeaf, signatureKey: consuming Secret, pid: [UInt8]? = nil, _ crypto: Crypto
    ) throws(E2EEError) -> LeafIdentity {
        let fresh = try crypto.randomBytes(MeetingProfile.pidByteCount)
        let pid = pid ?? fresh
        guard pid.count == MeetingProfile.pidByteCount else { throw E2EEError(.usage, .length) }
        return try LeafIdentity(
            MeetingProfile.suite, credential: .basic(pid),
            capabilities: MeetingProfile.capabilities(grease: try crypto.randomBytes(4)),
            extensions: [Extension(type: MeetingProfile.leafExtension, data: leaf.encoded)],
            signatureKey: signatureKey, crypto)
    }

    /// A key package for one knock: good from an hour ago, for clocks that go slow, until twelve hours from now.
    package static func keyPackage<Crypto: CryptoProvider>(
        _ identity: LeafIdentity, now: UInt64, _ crypto: Crypto
    ) throws(E2EEError) -> OwnKeyPackage {
        let hour: UInt64 = 3_600
        guard now <= UInt64.max - 12 * hour else { throw E2EEError(.usage, .length) }
        let lifetime = Lifetime(notBefore: now - min(now, hour), notAfter: now + 12 * hour)
        return try OwnKeyPackage(MeetingProfile.suite, identity, lifetime, crypto)
    }

    /// meeting_id[16] || random[16]
    package static func groupID<Crypto: CryptoProvider>(
        _ meetingID: [UInt8], _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        meetingID + (try crypto.randomBytes(16))
    }

    /// Creates the group of a meeting, or of a breakout room when the policy has a parent.
    package static func create<Crypto: CryptoProvider>(
        _ policy: MeetingPolicy, serverKey: [UInt8], _ own: OwnKeyPackage, _ crypto: Crypto
    ) throws(E2EEError) -> Group<Crypto> {
        guard own.keyPackage.cipherSuite == MeetingProfile.suite.rawValue,
            policy.descriptor.cipherSuite == MeetingProfile.suite.rawValue, policy.revision == 0
        else { throw E2EEError(.usage, .unsupported) }
        return try Group(
            creating: try self.groupID(policy.descriptor.instance.meetingID, crypto), own,
            extensions: MeetingProfile.extensions(policy, serverKey: serverKey), crypto)
    }

    /// Whether a leaf may create the group: a certified one, or anybody with the link where no host is needed.
    package static func mayCreate<Crypto: CryptoProvider>(
        _ leaf: Occupant, _ descriptor: MeetingDescriptor, _ crypto: Crypto
    ) -> Bool {
        if descriptor.flags.contains(.unhostedOpen), descriptor.admission == .open || descriptor.admission == .members {
            return true
        }
        let policy = MeetingPolicy(first: descriptor, inviteID: [UInt8](repeating: 0, count: 16))
        return Standings(policy, [leaf], crypto).isCertified(leaf)
    }
}
