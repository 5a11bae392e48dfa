/// What a joiner checks before it is anything but a stranger (`e2ee.md` 4.1, First policy): that this is the meeting of
/// its link, and that every leaf is one the rules let in.
package enum JoinerCheck {
    /// Nothing when all is well. `fingerprint` is the link's.
    ///
    /// Left out, because they may have changed since a leaf came: the oldest client, and revocations. A revoked chain
    /// gives its leaf no role (`Standings`); it does not make the group a forgery.
    package static func fault<Crypto: CryptoProvider>(
        _ context: GroupContext, _ tree: RatchetTree, _ instance: MeetingInstance, fingerprint: [UInt8],
        serverKey: [UInt8], _ crypto: Crypto
    ) -> FaultCode? {
        guard context.cipherSuite == MeetingProfile.suite.rawValue, context.groupID.count == 32,
            Array(context.groupID.prefix(16)) == instance.meetingID
        else { return .groupInfo }
        let epoch: MeetingEpoch
        do throws(E2EEError) { epoch = try MeetingEpoch(context, tree) } catch { return .groupInfo }
        guard MeetingProfile.serverKey(in: context.extensions) == serverKey else { return .groupInfo }
        return self.fault(epoch, instance, fingerprint: fingerprint, crypto)
    }

    /// The same, for what an epoch holds.
    package static func fault<Crypto: CryptoProvider>(
        _ epoch: MeetingEpoch, _ instance: MeetingInstance, fingerprint: [UInt8], _ crypto: Crypto
    ) -> FaultCode? {
        let descriptor = epoch.policy.descriptor
        guard descriptor.instance == instance, descriptor.cipherSuite == MeetingProfile.suite.rawValue,
            descriptor.membersMax <= MeetingDescriptor.membersLimit,
            descriptor.isTrue(fingerprint: fingerprint, crypto)
        else { return .groupInfo }
        // Rule G keeps every later policy within what the authority signed; the first one is the word of whoever made the
        // group, and what was fixed with the invitation nobody could take back.
        let policy = epoch.policy
        guard policy.features.isSubset(of: descriptor.featuresMax),
            policy.services.isSubset(of: descriptor.servicesMax),
            policy.flags.fixed == descriptor.flags.fixed,
            // A room is entered out of its parent alone (4.5), and there are none yet.
            policy.parentGroup.isEmpty
        else { return .policy }
        // It was promised with the invitation.
        guard !descriptor.isForTwo || epoch.occupants.count <= 2 else { return .leafFull }
        let rule = ChainRule(descriptor, revoked: [], crypto)
        var taken = TakenNames([])
        for occupant in epoch.occupants {
            do throws(FaultCode) {
                let profile = try MeetingProfile.check(occupant.leafNode, suite: nil, descriptor)
                guard taken.claim(occupant.leafNode, profile) else { throw .leafDuplicate }
                try self.checkChain(profile, occupant, rule)
                try self.checkService(profile, policy)
            } catch {
                return error
            }
        }
        // G, for the first policy: no chain makes a machine of the group lead.
        let machines = Set(epoch.occupants.filter { $0.isService }.map { $0.key })
        guard !policy.roles.contains(where: { $0.subjectKey.map(machines.contains) ?? false }) else { return .service }
        return nil
    }

    /// Whether a group is what its joiner was shown at the door: a session for two is one, whoever founded the group, and with
    /// whatever the authority signed besides.
    package static func keepsPromise(_ group: MeetingDescriptor, shown: MeetingDescriptor?) -> Bool {
        shown?.isForTwo != true || group.isForTwo
    }

    /// What J5 and G leave no Commit to bring about: whoever founded the group could.
    private static func checkService(_ profile: BeraadLeaf, _ policy: MeetingPolicy) throws(FaultCode) {
        guard let service = profile.service else { return }
        guard !policy.descriptor.isForTwo, let bit = service.role.service, policy.services.contains(bit) else {
            throw .service
        }
    }

    /// J4.
    private static func checkChain<Crypto: CryptoProvider>(
        _ profile: BeraadLeaf, _ occupant: Occupant, _ rule: ChainRule<Crypto>
    ) throws(FaultCode) {
        if let chain = profile.chain {
            guard rule.isValid(chain, for: occupant.leafNode.signatureKey) else { throw .chain }
        }
        let certified = (profile.chain?.role).flatMap { $0.isService ? $0 : nil }
        guard certified == profile.service?.role else { throw .service }
    }
}
