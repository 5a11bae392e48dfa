import E2EE
import Testing

extension Scene {
    /// A session for two: the host on leaf 0, Anna without a chain on 1.
    static var forTwo: Scene {
        var scene = Scene()
        scene.occupants = [Occupant(0, leaf(.host, leader(.host, .host))), Occupant(1, leaf(.anna))]
        scene.describe {
            $0.membersMax = 2
            $0.servicesMax = []
        }
        scene.policy.services = []
        return scene
    }
}

@Suite("A session for two admits two, and no recorder, streamer or captioner, whoever wants it")
struct SessionForTwoTests {
    private let scene = Scene.forTwo

    @Test("a host lets no third person in, nor two at once, but gives somebody's seat to somebody else")
    func byHost() throws {
        let scene = self.scene
        #expect(try scene.verdict(scene.commit(by: 0, scene.add(leaf(.newcomer)))) == .deny(.leafFull))
        let two = scene.commit(by: 0, remove(1), scene.add(leaf(.newcomer)), scene.add(leaf(.bram)))
        #expect(try scene.verdict(two) == .deny(.leafFull))
        #expect(try scene.verdict(scene.commit(by: 0, remove(1), scene.add(leaf(.newcomer)))) == .allow)
        var alone = scene
        alone.occupants.removeLast()
        #expect(try alone.verdict(alone.commit(by: 0, alone.add(leaf(.newcomer)))) == .allow)
        let both = alone.commit(by: 0, alone.add(leaf(.newcomer)), alone.add(leaf(.bram)))
        #expect(try alone.verdict(both) == .deny(.leafFull))
    }

    @Test("nor does a co-host, a co-host of the host's making, or who stands in for a host")
    func byOthers() throws {
        var cohost = self.scene
        cohost.occupants[1] = Occupant(1, leaf(.anna, leader(.anna, .cohost)))
        #expect(try cohost.verdict(cohost.commit(by: 1, cohost.add(leaf(.newcomer)))) == .deny(.leafFull))
        var made = self.scene
        made.policy.roles = [leader(.anna, .cohost)]
        #expect(try made.verdict(made.commit(by: 1, made.add(leaf(.newcomer)))) == .deny(.leafFull))
        var acting = self.scene
        acting.occupants = [Occupant(0, leaf(.bram)), Occupant(1, leaf(.anna))]
        acting.describe { $0.successors = [Person.anna.key] }
        #expect(try acting.verdict(acting.commit(by: 1, acting.add(leaf(.newcomer)))) == .deny(.leafFull))
        #expect(try acting.verdict(acting.commit(by: 1, remove(0), acting.add(leaf(.newcomer)))) == .allow)
    }

    @Test("nobody comes in as the third by a Commit of their own: with the link, a pass, the host link or a proposal")
    func byThemselves() throws {
        var scene = self.scene
        scene.policy.admission = .open
        #expect(try scene.verdict(scene.join(leaf(.newcomer), .invite)) == .deny(.leafFull))
        #expect(try scene.verdict(scene.join(leaf(.newcomer, ticketed(.newcomer)), .invite)) == .deny(.leafFull))
        #expect(try scene.verdict(scene.join(leaf(.newcomer), .reentry(pass(.newcomer)))) == .deny(.leafFull))
        for role in [Role.host, .cohost] {
            let joined = scene.join(leaf(.newcomer, leader(.newcomer, role)), .role)
            #expect(try scene.verdict(joined) == .deny(.leafFull))
        }
        let proposed = [scene.selfAdd(leaf(.newcomer)), scene.value(scene.inviteKey, by: .member(0))]
        for index: UInt32 in [0, 1] {
            #expect(try scene.verdict(scene.commit(by: index, proposed)) == .deny(.leafFull))
        }
        // In their own place they do.
        #expect(try scene.verdict(scene.join(leaf(.anna), .resync, removing: 1)) == .allow)
        #expect(try scene.verdict(scene.join(leaf(.newcomer), .resync, removing: 1)) == .deny(.identity))
    }

    @Test("a service has no seat in it, though one is free, and by nobody")
    func services() throws {
        var scene = self.scene
        scene.policy.admission = .open
        scene.occupants.removeLast()
        for role in [Role.recorder, .stream, .captions, .gateway] {
            let info = ServiceInfo(
                role: role, ownerKey: Person.host.key, purposes: .record, place: .participant)
            let service = leaf(.newcomer, serviceChain(.newcomer, role), service: info)
            #expect(try scene.verdict(scene.commit(by: 0, scene.add(service))) == .deny(.service))
            for auth in [JoinAuth.invite, .role, .reentry(pass(.newcomer))] {
                #expect(try scene.verdict(scene.join(service, auth)) == .deny(.service))
            }
            let proposed = [scene.selfAdd(service), scene.value(scene.inviteKey, by: .member(0))]
            #expect(try scene.verdict(scene.commit(by: 0, proposed)) == .deny(.service))
            // Nor does who is in become one.
            var path = scene.commit(by: 0)
            path.pathLeaf?.extensions = leaf(.host, serviceChain(.host, role), service: info).extensions
            #expect(try scene.verdict(path) == .deny(.identity))
            // Nor in a Commit that switches it on.
            let bit = try #require(role.service)
            let switched = scene.commit(by: 0, scene.change { $0.services = bit }, scene.add(service))
            #expect(try scene.verdict(switched) == .deny(.policy))
            // Not even where the authority forgot to rule it out.
            var careless = scene
            careless.describe { $0.servicesMax = [.recorder, .stream, .captions, .gateway] }
            careless.policy.services = bit
            #expect(try careless.verdict(careless.commit(by: 0, careless.add(service))) == .deny(.service))
            careless.describe { $0.membersMax = 3 }
            #expect(try careless.verdict(careless.commit(by: 0, careless.add(service))) == .allow)
        }
    }

    @Test("no later descriptor makes it wider, whoever signs it; narrower it may be")
    func descriptor() throws {
        func verdict(
            _ scene: Scene, by index: UInt32 = 0, signer: Person = .authority,
            _ body: (inout MeetingDescriptor) -> Void
        ) throws -> Verdict {
            let change = scene.change { policy in
                policy.descriptor.revision += 1
                body(&policy.descriptor)
                try? policy.descriptor.sign(signer.secret, native)
            }
            return try scene.verdict(scene.commit(by: index, change))
        }
        for count: UInt16 in [3, 300, 500] {
            #expect(try verdict(self.scene) { $0.membersMax = count } == .deny(.policy))
        }
        #expect(try verdict(self.scene) { $0.servicesMax = .recorder } == .deny(.policy))
        #expect(try verdict(self.scene, signer: .host) { $0.minClient = 1 } == .deny(.policy), "not the authority")
        #expect(try verdict(self.scene) { $0.minClient = 1 } == .allow)
        #expect(try verdict(self.scene) { $0.membersMax = 1 } == .allow)
        // A larger meeting may grow and shrink, but it does not become one for two, which may have three in it by then.
        var large = self.scene
        large.describe { $0.membersMax = 3 }
        #expect(try verdict(large) { $0.membersMax = 4 } == .allow)
        #expect(try verdict(large) { $0.membersMax = 2 } == .deny(.policy), "who was invited to more may be three")
        var led = self.scene
        led.policy.roles = [leader(.anna, .cohost)]
        #expect(try verdict(led, by: 1) { $0.membersMax = 3 } == .deny(.policy), "a co-host")
    }
}
