import E2EE
import Testing

@Suite("Rule G: which policy follows which (e2ee.md 4.2)")
struct PolicyRuleTests {
    private let scene = Scene()

    private func change(
        _ scene: Scene? = nil, by index: UInt32 = 0, _ body: (inout MeetingPolicy) -> Void
    ) throws -> Verdict {
        let scene = scene ?? self.scene
        return try scene.verdict(scene.commit(by: index, scene.change(body)))
    }

    @Test("what may change changes, one revision at a time")
    func allowed() throws {
        let changes: [(inout MeetingPolicy) -> Void] = [
            { $0.admission = .open }, { $0.admission = .closed }, { $0.flags.insert(.locked) },
            { $0.flags.insert([.unhostedOK, .unhostedOpen, .history]) }, { $0.features = [] },
            { $0.services = [.recorder, .captions] }, { $0.passGeneration += 1 }, { $0.inviteID[0] ^= 1 },
            { $0.revoked.append(Revocation(key: Person.anna.key, scope: .roleOnly)) },
        ]
        for body in changes { #expect(try self.change(nil, body) == .allow) }
        for body in changes { #expect(try self.change(by: 1, body) == .allow, "a co-host") }
    }

    @Test("what was promised with the invitation does not change")
    func denied() throws {
        let changes: [(inout MeetingPolicy) -> Void] = [
            { $0.revision += 1 }, { $0.revision -= 1 }, { $0.parentGroup = counting(from: 0, 32) },
            { $0.parentEpoch = 1 }, { $0.flags.remove(.audioLevels) }, { $0.flags.insert(.retainChat) },
            { $0.flags.insert(.high) }, { $0.flags.insert(MeetingFlags(rawValue: 0x100)) },
            { $0.features.insert(.files) }, { $0.services.insert(.stream) },
            { $0.descriptor.servicesMax.insert(.stream) }, { $0.descriptor.authorityKey = Person.stranger.key },
        ]
        for (index, body) in changes.enumerated() {
            #expect(try self.change(nil, body) == .deny(.policy), "\(index)")
        }
        var scene = self.scene
        scene.policy.passGeneration = 2
        #expect(try self.change(scene) { $0.passGeneration = 1 } == .deny(.policy))
    }

    @Test("the same three extensions in the same order, the first two untouched, nothing behind the policy")
    func extensions() throws {
        let scene = self.scene
        var next = scene.policy
        next.revision += 1
        let good = MeetingProfile.replacing(next, in: scene.extensions)
        func verdict(_ list: [Extension]) throws -> Verdict {
            try scene.verdict(
                scene.commit(by: 0, .groupContextExtensions(GroupContextExtensions(extensions: list))))
        }
        #expect(try verdict(good) == .allow)
        #expect(try verdict([good[2]]) == .deny(.policy))
        #expect(try verdict([good[1], good[0], good[2]]) == .deny(.policy))
        #expect(try verdict(good + [Extension(type: 1, data: [])]) == .deny(.policy))
        #expect(try verdict(MeetingProfile.extensions(next, serverKey: Person.stranger.key)) == .deny(.policy))
        for change in [
            { $0[0].data.append(0) }, { $0[2].data.append(0) }, { $0[2].data.removeLast() }, { $0[2].type = 0xF0B4 },
        ] as [(inout [Extension]) -> Void] {
            var list = good
            change(&list)
            #expect(try verdict(list) == .deny(.policy))
        }
        var long = good
        long[2].data = [UInt8](repeating: 0, count: MeetingPolicy.byteCountMax + 1)
        #expect(try verdict(long) == .deny(.limit))
    }

    @Test("a later descriptor of the authority's replaces an earlier one, and widens neither services nor features")
    func descriptor() throws {
        func verdict(signer: Person = .authority, _ body: (inout MeetingDescriptor) -> Void) throws -> Verdict {
            try self.change { policy in
                policy.descriptor.revision += 1
                body(&policy.descriptor)
                try? policy.descriptor.sign(signer.secret, native)
            }
        }
        #expect(try verdict { $0.membersMax = 400 } == .allow)
        #expect(try verdict { $0.servicesMax = [.recorder] } == .allow)
        #expect(try verdict { $0.servicesMax = [.recorder, .stream] } == .deny(.policy))
        #expect(try verdict { $0.featuresMax.insert(.files) } == .deny(.policy))
        #expect(
            try self.change { policy in
                policy.descriptor.revision += 1
                policy.descriptor.featuresMax.remove(.chat)
                policy.features.remove(.chat)
                try? policy.descriptor.sign(Person.authority.secret, native)
            } == .allow)
        #expect(try verdict(signer: .host) { $0.membersMax = 400 } == .deny(.policy))
        #expect(try verdict { $0.revision -= 1 } == .allow, "nothing changed")
        #expect(
            try verdict {
                $0.revision -= 1
                $0.membersMax = 4
            } == .deny(.policy))
        #expect(try verdict { $0.flags.insert(.history) } == .allow)
        #expect(try verdict { $0.flags.insert(.retainChat) } == .deny(.policy), "fixed, so nobody could join any more")
        #expect(try verdict { $0.flags.remove(.audioLevels) } == .deny(.policy))
        #expect(try verdict { $0.instance.number += 1 } == .deny(.policy))
        #expect(try verdict { $0.cipherSuite = 1 } == .deny(.policy))
        #expect(try verdict { $0.membersMax = 501 } == .deny(.limit))
        #expect(try verdict { $0.featuresMax = [.chat] } == .deny(.policy), "features beyond the new ceiling")
    }

    @Test("revocations stay, but for those who were put out when passes are renewed; a full list takes no more")
    func revocations() throws {
        var scene = self.scene
        let (out, role) = (
            Revocation(key: Person.stranger.key, scope: .out), Revocation(key: Person.newcomer.key, scope: .roleOnly)
        )
        scene.policy.revoked = [out, role]
        #expect(try self.change(scene) { $0.revoked = [role, out] } == .allow)
        #expect(try self.change(scene) { $0.revoked = [role] } == .deny(.policy))
        #expect(try self.change(scene) { $0.revoked = [out] } == .deny(.policy))
        #expect(try self.change(scene) { $0.revoked.append(out) } == .deny(.policy))
        #expect(
            try self.change(scene) {
                $0.revoked = [role]
                $0.passGeneration += 1
            } == .allow)
        #expect(
            try self.change(scene) {
                $0.revoked = [out]
                $0.passGeneration += 1
            } == .deny(.policy))
        let many = (0..<257).map { index -> Revocation in
            let key = [UInt8(index % 256), UInt8(index / 256)] + [UInt8](repeating: 7, count: 30)
            return Revocation(key: key, scope: .out)
        }
        #expect(try self.change { $0.revoked = Array(many.prefix(256)) } == .allow)
        #expect(try self.change { $0.revoked = many } == .deny(.policy))
    }

    @Test("only a host gives roles or revokes a host's key, and every chain it gives holds")
    func roles() throws {
        let given = leader(.anna, .cohost)
        #expect(try self.change { $0.roles = [given] } == .allow)
        #expect(try self.change(by: 1) { $0.roles = [given] } == .deny(.rank))
        #expect(try self.change { $0.roles = [Chain([certificate(.anna, by: .stranger, .cohost)])] } == .deny(.chain))
        #expect(
            try self.change {
                $0.roles = [given]
                $0.revoked = [Revocation(key: Person.anna.key, scope: .roleOnly)]
            } == .deny(.chain))
        for scope in [RevokeScope.roleOnly, .out] {
            let host = Revocation(key: Person.host.key, scope: scope)
            #expect(try self.change(by: 1) { $0.revoked = [host] } == .deny(.rank))
            #expect(try self.change(by: 0) { $0.revoked = [host] } == .allow)
            #expect(try self.change(by: 1) { $0.revoked = [Revocation(key: Person.anna.key, scope: scope)] } == .allow)
        }
        var scene = self.scene
        scene.policy.roles = [leader(.anna, .host)]
        let anna = Revocation(key: Person.anna.key, scope: .out)
        #expect(try self.change(scene, by: 1) { $0.revoked = [anna] } == .deny(.rank), "a host by the policy")
    }

    @Test("nobody gives a machine a role of people, nor lets one in whose key has one")
    func machines() throws {
        for role in [Role.host, .cohost] {
            #expect(try self.change { $0.roles = [leader(.recorder, role)] } == .deny(.service))
        }
        var scene = self.scene
        scene.policy.roles = [leader(.newcomer, .cohost)]
        let service = leaf(.newcomer, serviceChain(.newcomer), service: recording)
        #expect(try scene.verdict(scene.commit(by: 0, scene.add(service))) == .deny(.service))
        #expect(try scene.verdict(scene.commit(by: 0, scene.add(leaf(.newcomer)))) == .allow)
        let taken = scene.change { $0.roles = [] }
        #expect(try scene.verdict(scene.commit(by: 0, scene.add(service), taken)) == .allow)
    }

    @Test("no service stays that was switched off, and the meeting type individual has none at all")
    func services() throws {
        #expect(try self.change { $0.services = [] } == .deny(.service))
        let scene = self.scene
        let off = scene.change { $0.services = [] }
        #expect(try scene.verdict(scene.commit(by: 0, remove(4), off)) == .allow)
        var individual = scene
        individual.occupants.removeLast()
        individual.policy.services = []
        individual.describe { $0.servicesMax = [] }
        #expect(try self.change(individual) { $0.services = .recorder } == .deny(.policy))
        #expect(
            try self.change(individual) { policy in
                policy.descriptor.revision += 1
                policy.descriptor.servicesMax = .recorder
                try? policy.descriptor.sign(Person.authority.secret, native)
                policy.services = .recorder
            } == .deny(.policy))
    }

    @Test("a compare round begins and ends by a Commit of its own")
    func comparing() throws {
        let scene = self.scene
        let start = scene.change { $0.flags.insert(.comparing) }
        #expect(try scene.verdict(scene.commit(by: 1, start)) == .allow)
        #expect(
            try self.change {
                $0.flags.insert(.comparing)
                $0.admission = .closed
            } == .deny(.policy))
        #expect(try scene.verdict(scene.commit(by: 0, start, remove(2))) == .deny(.policy))
        var on = scene
        on.policy.flags.insert(.comparing)
        #expect(try self.change(on, by: 1) { $0.flags.remove(.comparing) } == .allow)
        #expect(try on.verdict(on.commit(by: 0, remove(2))) == .allow, "an ejection ends the round")
    }
}
