/// Coming back after our leaf was taken for lost (`e2ee.md` 4.4, joining(reentry)).
extension Engine {
    /// Shows the service that a leaf was ours which it took for lost, so that it gives us the tree (`docs/decisions/0009`). It
    /// answers that the leaf is gone; whoever else took it, somebody did by hand, and then the door is the way in.
    mutating func show(_ former: Entry.Former) {
        guard let challenge = self.line.challenge, let identity = self.identity else { return self.askForGroup() }
        do throws(E2EEError) {
            let signature = try Labelled<Crypto>.sign(
                self.crypto, identity.signatureKey.secret, "bind", challenge + former.groupID)
            self.send(
                .bind(
                    BindFrame(groupID: former.groupID, leaf: former.leaf, chain: self.chain, signature: signature)),
                for: .showFormer)
        } catch {
            self.enter(.out(.fault))
        }
    }

    mutating func showingFormerFailed(_ error: ServerFrame.DeliveryError, now: EngineTime) {
        switch error {
        case .gone: self.askForGroup()
        case .denied, .unknownGroup:
            self.entry.former = nil
            self.findWay(now: now)
        default: self.tryAgain(now: now, counts: false)
        }
    }

    /// A pass of ours that counts in a group, by what joiners are told of it.
    func pass(into context: GroupContext) -> ReentryPass? {
        guard let policy = MeetingProfile.policy(in: context.extensions), let key = self.identity?.signaturePublicKey
        else { return nil }
        return self.passes.valid(for: key, under: policy, self.crypto)
    }

    /// By what right we come in. Where the old place is not there any more it is as what we are, or with a pass; nothing when
    /// only the door is left.
    func kind(_ way: JoinKind, hasOldLeaf: Bool, hasPass: Bool) -> JoinKind? {
        guard !hasOldLeaf else { return way }
        return switch way {
        case .resync: self.isCertified ? .role : hasPass ? .reentry : self.access?.job == nil ? .invite : nil
        case .reentry: hasPass ? .reentry : nil
        case .welcome, .invite, .role: way
        }
    }

    /// The same, as the Commit says it.
    func auth(_ kind: JoinKind, replaces: Bool, _ pass: ReentryPass?) -> JoinAuth {
        if replaces { return .resync }
        if kind == .role { return .role }
        if kind == .reentry, let pass { return .reentry(pass) }
        return .invite
    }
}
