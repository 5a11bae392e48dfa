/// The constants of `e2ee.md` 4.1, and what follows from them for a leaf and for a context.
package enum MeetingProfile {
    /// `meeting_policy`, in the GroupContext.
    package static var policyExtension: UInt16 { 0xF0B2 }
    /// `beraad_leaf`, in a LeafNode.
    package static var leafExtension: UInt16 { 0xF0B3 }
    /// The only suite of a meeting.
    package static var suite: GroupSuite { .xWing }
    /// Bytes of a pid, which is all that a credential holds.
    package static var pidByteCount: Int { 16 }
    /// A key package is usable for at most a day.
    package static var lifetimeMax: UInt64 { 86_400 }

    /// What every member must support.
    static var required: RequiredCapabilities {
        RequiredCapabilities(
            extensionTypes: [self.policyExtension, self.leafExtension],
            proposalTypes: [ProposalType.selfRemove.rawValue], credentialTypes: [1])
    }

    /// What a client of this profile says it supports. `grease` picks the numbers that mean nothing and keep others
    /// tolerant (RFC 9420 §13.5), one per list.
    package static func capabilities(grease: [UInt8]) -> Capabilities {
        func number(_ index: Int) -> UInt16 {
            let step = UInt16(index < grease.count ? grease[index] % 15 : 0)
            return step << 12 | 0x0A00 | step << 4 | 0x000A
        }
        return Capabilities(
            versions: [ProtocolVersion.mls10], cipherSuites: [self.suite.rawValue, number(0)],
            extensions: [self.policyExtension, self.leafExtension, number(1)],
            proposals: [ProposalType.selfRemove.rawValue, number(2)], credentials: [1, number(3)])
    }

    /// Whether a client supports what the profile needs. More than that, and nonsense, is fine.
    static func covers(_ capabilities: Capabilities) -> Bool {
        let required = self.required
        return capabilities.versions.contains(ProtocolVersion.mls10)
            && capabilities.cipherSuites.contains(self.suite.rawValue)
            && required.extensionTypes.allSatisfy(capabilities.extensions.contains)
            && required.proposalTypes.allSatisfy(capabilities.proposals.contains)
            && required.credentialTypes.allSatisfy(capabilities.credentials.contains)
    }

    /// The extensions of a meeting's GroupContext, exactly and in this order.
    package static func extensions(_ policy: MeetingPolicy, serverKey: [UInt8]) -> [Extension] {
        let server = ExternalSender(signatureKey: serverKey, credential: .basic(asciiBytes("beraad-ds")))
        return [
            Extension(type: ExtensionList.Number.requiredCapabilities, data: self.required.encoded),
            Extension(type: ExtensionList.Number.externalSenders, data: ExternalSenders(senders: [server]).encoded),
            Extension(type: self.policyExtension, data: policy.encoded),
        ]
    }

    /// The same list with another policy, for GroupContextExtensions, which replaces the whole list.
    package static func replacing(_ policy: MeetingPolicy, in extensions: [Extension]) -> [Extension] {
        extensions.dropLast() + [Extension(type: self.policyExtension, data: policy.encoded)]
    }

    /// The policy in a context, if the context is a meeting's: these three extensions, the first two as they must be.
    package static func policy(in extensions: [Extension]) -> MeetingPolicy? {
        guard
            extensions.map({ $0.type }) == [
                ExtensionList.Number.requiredCapabilities, ExtensionList.Number.externalSenders, self.policyExtension,
            ], extensions[0].data == self.required.encoded,
            let senders = ExternalSenders(read: extensions[1].data)?.senders, senders.count == 1,
            senders[0].signatureKey.count == 32, senders[0].credential == .basic(asciiBytes("beraad-ds"))
        else { return nil }
        return MeetingPolicy(read: extensions[2].data)
    }

    /// The server's key in a context of a meeting.
    package static func serverKey(in extensions: [Extension]) -> [UInt8]? {
        guard extensions.count == 3 else { return nil }
        return ExternalSenders(read: extensions[1].data)?.senders.first?.signatureKey
    }

    /// J1: what a leaf of this meeting is. `suite` is that of its key package, if it came with one.
    package static func check(
        _ leafNode: LeafNode, suite: UInt16?, _ descriptor: MeetingDescriptor
    ) throws(FaultCode) -> BeraadLeaf {
        guard suite.map({ $0 == descriptor.cipherSuite }) ?? true, leafNode.signatureKey.count == 32,
            case .basic(let pid) = leafNode.credential, pid.count == self.pidByteCount,
            self.covers(leafNode.capabilities), let profile = BeraadLeaf(of: leafNode),
            profile.instance == descriptor.instance
        else { throw .leafProfile }
        if case .keyPackage(let lifetime) = leafNode.source {
            guard lifetime.notBefore <= lifetime.notAfter,
                lifetime.notAfter - lifetime.notBefore <= self.lifetimeMax
            else { throw .leafProfile }
        }
        return profile
    }
}
