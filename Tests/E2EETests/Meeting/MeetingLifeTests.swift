import E2EE
import Testing

/// The rules over real groups of the product's suite: engine, key packages, Welcomes and external Commits.
@Suite("A meeting from creation to the lock")
struct MeetingLifeTests {
    /// A meeting with its host in it.
    final class Meeting {
        let invite = Scene().invite
        let serverKey = HeldSecret(Person(99).secret)
        let host: Member
        var policy: MeetingPolicy { get throws { try self.epoch.policy } }
        var epoch: MeetingEpoch {
            get throws { try MeetingEpoch(try self.host.group.context, try self.host.group.tree) }
        }

        init(_ change: (inout MeetingPolicy) -> Void = { _ in }) throws {
            var policy = MeetingPolicy(first: Scene().policy.descriptor, inviteID: self.invite.identifier)
            change(&policy)
            let own = try Self.own(.host, leader(.host, .host))
            self.host = Member(
                try MeetingGroup.create(policy, serverKey: Person(99).key, own, native))
        }

        static func identity(_ person: Person, _ chain: Chain? = nil) throws -> LeafIdentity {
            try MeetingGroup.identity(
                BeraadLeaf(occasion, clientVersion: 5, chain: chain), signatureKey: person.secret, native)
        }

        static func own(_ person: Person, _ chain: Chain? = nil) throws -> OwnKeyPackage {
            try MeetingGroup.keyPackage(try self.identity(person, chain), now: 1_800_000_000, native)
        }

        func authoriser(_ member: Member) throws -> Authoriser<SwiftCryptoProvider> {
            Authoriser(
                try MeetingEpoch(try member.group.context, try member.group.tree), joinMACKey: self.invite.joinMAC,
                native)
        }

        /// A member judges somebody's Commit, and follows it when it is allowed.
        func hear(_ message: MLSMessage, _ member: Member) throws -> Verdict {
            guard case .commit(let commit) = try member.group.receive(message) else { throw Unexpected() }
            let staged = try member.group.validate(commit, preSharedKeys: self.invite.preSharedKeys)
            let verdict = try self.authoriser(member).authorise(staged.report)
            if verdict == .allow { try member.group.adopt(staged) }
            return verdict
        }

        func plan(_ proposals: [Proposal], passes: [ReentryPass] = []) throws -> CommitPlan {
            var plan = CommitPlan()
            plan.proposals = proposals
            if proposals.contains(where: { $0.type == .add }) {
                plan.proposals.append(
                    .preSharedKey(PreSharedKey(psk: try self.invite.preSharedKeyID(native))))
            }
            plan.preSharedKeys = self.invite.preSharedKeys
            plan.authenticatedData = CommitAuth(passes: passes).encoded
            plan.welcomeHasTree = false
            return plan
        }

        /// The host admits somebody, who checks everything a joiner checks.
        func admit(_ own: OwnKeyPackage, others: [Member] = []) throws -> Member {
            let pending = try self.host.group.commit(try self.plan([add(own)]))
            let report = pending.staged.report
            #expect(try self.authoriser(self.host).authorise(report) == .allow)
            let message = pending.message
            let welcome = try required(pending.welcome)
            for other in others { #expect(try self.hear(message, other) == .allow) }
            try self.host.group.adopt(pending)
            let info = try WelcomeCheck.info(welcome, own, self.invite, native)
            let tree = try self.host.group.tree
            let epoch = try MeetingEpoch(info.groupContext, tree)
            #expect(WelcomeCheck.mayAdmit(signer: info.signer, epoch, native))
            let fingerprint = Labels.fingerprint
            #expect(
                JoinerCheck.fault(
                    info.groupContext, tree, occasion, fingerprint: fingerprint, serverKey: Person(99).key, native)
                    == nil)
            return Member(
                try Group(
                    joining: welcome, own, tree: tree, preSharedKeys: self.invite.preSharedKeys, native))
        }

        func join(
            _ identity: LeafIdentity, _ auth: JoinAuth, removing: UInt32? = nil
        ) throws -> ExternalJoin<SwiftCryptoProvider> {
            var plan = ExternalJoin<SwiftCryptoProvider>.Plan()
            plan.authenticatedData = auth.encoded
            plan.names = [try self.invite.preSharedKeyID(native)]
            plan.preSharedKeys = self.invite.preSharedKeys
            plan.removing = removing
            return try ExternalJoin(
                try self.host.group.groupInfo(), tree: try self.host.group.tree, identity, plan, native)
        }
    }

    enum Labels {
        /// Of the scenes' authority: H("authority", meeting id || key), first 16 bytes.
        static var fingerprint: [UInt8] {
            do {
                let link = try Link(
                    hostOf: occasion.meetingID, inviteSecret: Secret(copying: counting(from: 0, 16).span),
                    authoritySeed: Person.authority.secret, native)
                return link.authorityFingerprint
            } catch {
                return []
            }
        }
    }

    @Test("a host creates the group, a guest knocks and is let in, and everybody judges the same")
    func admission() throws {
        let meeting = try Meeting()
        let anna = try meeting.admit(try Meeting.own(.anna))
        let bram = try meeting.admit(try Meeting.own(.bram, ticketed(.bram)), others: [anna])
        #expect(try anna.authenticator == bram.authenticator)
        #expect(try MeetingCode.digits(of: anna.authenticator) == MeetingCode.digits(of: bram.authenticator))
        // Anna may not let anybody in, whatever her own client says.
        let pending = try anna.group.commit(try meeting.plan([add(try Meeting.own(.newcomer))]))
        let message = pending.message
        #expect(try meeting.hear(message, bram) == .deny(.rank))
        #expect(try meeting.hear(message, meeting.host) == .deny(.rank))
        #expect(try bram.authenticator == anna.authenticator, "nothing happened")
    }

    @Test("a guest cannot come by itself into a waiting room, a host can; both through an open door")
    func external() throws {
        let meeting = try Meeting()
        let anna = try meeting.admit(try Meeting.own(.anna))
        let guest = try meeting.join(try Meeting.identity(.stranger), .invite)
        let knocking = guest.message
        #expect(try meeting.hear(knocking, anna) == .deny(.door))
        let cohost = try meeting.join(try Meeting.identity(.cohost, leader(.cohost, .cohost)), .role)
        let message = cohost.message
        #expect(try meeting.hear(message, anna) == .allow)
        #expect(try meeting.hear(message, meeting.host) == .allow)
        let sanne = Member(cohost.joined())
        #expect(try sanne.authenticator == anna.authenticator)
        let open = try sanne.group.commit(try meeting.plan([try self.change(sanne) { $0.admission = .open }]))
        let opening = open.message
        #expect(try meeting.hear(opening, anna) == .allow)
        #expect(try meeting.hear(opening, meeting.host) == .allow)
        try sanne.group.adopt(open)
        let again = try meeting.join(try Meeting.identity(.stranger), .invite)
        let joining = again.message
        for member in [anna, meeting.host, sanne] { #expect(try meeting.hear(joining, member) == .allow) }
        let eva = Member(again.joined())
        #expect(try eva.authenticator == anna.authenticator)
    }

    private func change(_ member: Member, _ body: (inout MeetingPolicy) -> Void) throws -> Proposal {
        let extensions = try member.group.context.extensions
        var policy = try required(MeetingProfile.policy(in: extensions))
        policy.revision += 1
        body(&policy)
        return .groupContextExtensions(
            GroupContextExtensions(extensions: MeetingProfile.replacing(policy, in: extensions)))
    }

    @Test("whoever is ejected sees why, and does not come back; the server's Remove and SelfRemove are followed")
    func leaving() throws {
        let meeting = try Meeting { $0.flags = [.audioLevels] }
        let anna = try meeting.admit(try Meeting.own(.anna))
        let bram = try meeting.admit(try Meeting.own(.bram), others: [anna])
        let eject = try meeting.host.group.commit(
            try meeting.plan([
                remove(try bram.leaf),
                try self.change(meeting.host) { $0.revoked = [Revocation(key: Person.bram.key, scope: .out)] },
            ]))
        let message = eject.message
        #expect(try meeting.hear(message, anna) == .allow)
        #expect(try meeting.hear(message, bram) == .allow, "the ejected member judges alike")
        #expect(!bram.isMember)
        try meeting.host.group.adopt(eject)
        let back = try meeting.join(try Meeting.identity(.bram), .reentry(pass(.bram)))
        let returning = back.message
        #expect(try meeting.hear(returning, anna) == .deny(.leafRevoked))

        let context = try anna.group.context
        let lost = try OutsideProposal.external(
            remove(0), index: 0, groupID: context.groupID, epoch: context.epoch, suite: .xWing,
            signatureKey: meeting.serverKey.secret, native)
        _ = try anna.group.receive(lost)
        _ = try meeting.host.group.receive(lost)
        var plan = try meeting.plan([])
        plan.waiting = .only(try anna.references)
        let commit = try anna.group.commit(plan)
        let removal = commit.message
        #expect(try meeting.hear(removal, meeting.host) == .allow)
        try anna.group.adopt(commit)
        #expect(try anna.group.tree.members == [1])
    }

    @Test("an external Commit that removes its reader is judged by its reader too")
    func resyncSeen() throws {
        let meeting = try Meeting()
        let anna = try meeting.admit(try Meeting.own(.anna))
        let stranger = try meeting.join(try Meeting.identity(.stranger), .resync, removing: try anna.leaf)
        let message = stranger.message
        #expect(try meeting.hear(message, anna) == .deny(.identity))
        #expect(try meeting.hear(message, meeting.host) == .deny(.identity))
        #expect(anna.isMember)
    }

    @Test("a Welcome without the link's key, or a group with another authority, is refused")
    func fakes() throws {
        let meeting = try Meeting()
        let own = try Meeting.own(.anna)
        var plan = try meeting.plan([add(own)])
        plan.proposals.removeAll { $0.type == .preSharedKey }
        let welcome = try required(try meeting.host.group.commit(plan).welcome)
        #expect(throws: E2EEError(.validation, .preSharedKey)) {
            _ = try WelcomeCheck.info(welcome, own, meeting.invite, native)
        }
        let context = try meeting.host.group.context
        let tree = try meeting.host.group.tree
        func fault(_ fingerprint: [UInt8], _ server: Person = Person(99), _ number: UInt32 = 7) -> FaultCode? {
            JoinerCheck.fault(
                context, tree, MeetingInstance(meetingID: occasion.meetingID, number: number),
                fingerprint: fingerprint, serverKey: server.key, native)
        }
        #expect(fault(Labels.fingerprint) == nil)
        #expect(fault(counting(from: 0, 16)) == .groupInfo)
        #expect(fault(Labels.fingerprint, .stranger) == .groupInfo)
        #expect(fault(Labels.fingerprint, Person(99), 8) == .groupInfo)
        var scene = Scene()
        func sceneFault() throws -> FaultCode? {
            JoinerCheck.fault(try scene.epoch, occasion, fingerprint: Labels.fingerprint, native)
        }
        #expect(try sceneFault() == nil)
        scene.policy.revoked = [Revocation(key: Person.host.key, scope: .roleOnly)]
        #expect(try sceneFault() == nil, "a role that was taken is no forgery")
        scene.occupants.append(Occupant(5, leaf(.newcomer, Chain([certificate(.newcomer, by: .stranger, .host)]))))
        #expect(try sceneFault() == .chain)
        scene.occupants[5] = Occupant(5, leaf(.anna, salt: 1))
        #expect(try sceneFault() == .leafDuplicate)
        scene.occupants[5] = Occupant(5, leaf(.newcomer, service: recording))
        #expect(try sceneFault() == .service)
    }

    @Test("nobody joins a group with a service that nobody could have let in, or a session for two with more in it")
    func services() throws {
        func fault(_ scene: Scene) throws -> FaultCode? {
            JoinerCheck.fault(try scene.epoch, occasion, fingerprint: Labels.fingerprint, native)
        }
        var off = Scene()
        off.policy.services = .captions
        #expect(try fault(off) == .service, "its sort is off")
        var session = Scene.forTwo
        #expect(try fault(session) == nil)
        session.describe { $0.servicesMax = .recorder }
        session.policy.services = .recorder
        session.occupants[1] = Occupant(1, leaf(.recorder, serviceChain(.recorder), service: recording))
        #expect(try fault(session) == .service, "a session for two has none")
        session = Scene.forTwo
        session.occupants.append(Occupant(2, leaf(.bram)))
        #expect(try fault(session) == .leafFull)
        var led = Scene()
        #expect(try fault(led) == nil)
        led.policy.roles = [leader(.recorder, .cohost)]
        #expect(try fault(led) == .service, "no chain makes a machine lead")
    }

    @Test("whoever was shown a session for two joins none that is larger, whatever its founder had signed besides")
    func promise() {
        let session = Scene.forTwo.policy.descriptor, large = Scene().policy.descriptor
        #expect(session.isForTwo && !large.isForTwo)
        #expect(JoinerCheck.keepsPromise(session, shown: session) && JoinerCheck.keepsPromise(large, shown: large))
        #expect(JoinerCheck.keepsPromise(session, shown: large) && JoinerCheck.keepsPromise(large, shown: nil))
        #expect(!JoinerCheck.keepsPromise(large, shown: session))
    }

    @Test("nobody joins a group whose policy allows what the authority did not, whoever founded it")
    func ceilings() throws {
        func fault(_ change: (inout MeetingPolicy) -> Void) throws -> FaultCode? {
            var scene = Scene()
            change(&scene.policy)
            return JoinerCheck.fault(try scene.epoch, occasion, fingerprint: Labels.fingerprint, native)
        }
        #expect(try fault { $0.services = [.recorder, .captions] } == nil)
        #expect(try fault { $0.services.insert(.stream) } == .policy)
        #expect(try fault { $0.features = [] } == nil)
        #expect(try fault { $0.features.insert(.files) } == .policy)
        #expect(try fault { $0.flags.insert([.locked, .history, .unhostedOK]) } == nil)
        #expect(try fault { $0.flags.insert(.retainChat) } == .policy)
        #expect(try fault { $0.flags.remove(.audioLevels) } == .policy)
        #expect(try fault { $0.flags.insert(MeetingFlags(rawValue: 0x100)) } == .policy)
        #expect(try fault { $0.parentGroup = counting(from: 9, 32) } == .policy, "a room of some other group")
    }

    @Test("a certified leaf creates a meeting, or anybody where no host is needed")
    func creation() {
        var scene = Scene()
        #expect(MeetingGroup.mayCreate(scene.occupants[0], scene.policy.descriptor, native))
        #expect(!MeetingGroup.mayCreate(scene.occupants[2], scene.policy.descriptor, native))
        scene.describe {
            $0.flags.insert(.unhostedOpen)
            $0.admission = .open
        }
        #expect(MeetingGroup.mayCreate(scene.occupants[2], scene.policy.descriptor, native))
    }
}
