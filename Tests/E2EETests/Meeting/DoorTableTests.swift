import E2EE
import Testing

@Suite("Who comes in through which door (e2ee.md 4.2, second table)")
struct DoorTableTests {
    /// A column of the table.
    enum Column: CaseIterable {
        case waiting, open, members, closed, locked, comparing

        func scene() -> Scene {
            var scene = Scene()
            switch self {
            case .waiting: break
            case .open: scene.policy.admission = .open
            case .members: scene.policy.admission = .members
            case .closed: scene.policy.admission = .closed
            case .locked:
                scene.policy.admission = .open
                scene.policy.flags.insert(.locked)
            case .comparing:
                scene.policy.admission = .open
                scene.policy.flags.insert(.comparing)
            }
            return scene
        }
    }

    private func expect(
        _ verdicts: [Column: Verdict], _ commit: (Scene) -> CommitFacts, _ location: SourceLocation = #_sourceLocation
    ) throws {
        for column in Column.allCases {
            let scene = column.scene()
            #expect(
                try scene.verdict(commit(scene)) == verdicts[column] ?? .deny(.door), "\(column)",
                sourceLocation: location)
        }
    }

    @Test("the host lets somebody in, unless the meeting is closed, locked or comparing; a pass opens the lock")
    func addByValue() throws {
        let people: [Column: Verdict] = [.waiting: .allow, .open: .allow, .members: .allow]
        try self.expect(people) { $0.commit(by: 0, $0.add(leaf(.newcomer))) }
        var withPass = people
        withPass[.locked] = .allow
        try self.expect(withPass) { $0.commit(by: 0, $0.add(leaf(.newcomer)), passes: [pass(.newcomer)]) }
        var withOldPass = people
        withOldPass[.locked] = .deny(.pass)
        try self.expect(withOldPass) {
            $0.commit(by: 0, $0.add(leaf(.newcomer)), passes: [pass(.newcomer, generation: 1)])
        }
        try self.expect(people) { $0.commit(by: 0, $0.add(leaf(.newcomer)), passes: [pass(.stranger)]) }
    }

    @Test("a joiner comes by itself through an open door; with a personal link or an organisation's word elsewhere")
    func alone() throws {
        let ways: [(Scene, LeafNode) -> CommitFacts] = [
            { $0.join($1, .invite) },
            { scene, leafNode in
                scene.commit(
                    by: 2, [scene.selfAdd(leafNode), scene.value(scene.inviteKey, by: .member(2))], hasPath: false)
            },
        ]
        let entering = ticketed(.newcomer, .enter, ticket: .device)
        let waiting = ticketed(.newcomer, [], ticket: .device)
        for way in ways {
            try self.expect([.open: .allow]) { way($0, leaf(.newcomer)) }
            try self.expect([.open: .allow]) { way($0, leaf(.newcomer, waiting)) }
            try self.expect([.waiting: .allow, .open: .allow, .members: .allow]) { way($0, leaf(.newcomer, entering)) }
            try self.expect([.open: .allow, .members: .allow]) {
                way($0, leaf(.newcomer, assertion: assertion(.newcomer)))
            }
            for untrue in [assertion(.stranger), assertion(.newcomer, by: .stranger)] {
                try self.expect([.open: .allow, .members: .deny(.assertion)]) {
                    way($0, leaf(.newcomer, assertion: untrue))
                }
            }
        }
    }

    @Test("a pass brings somebody back through every door but a compare round")
    func reentry() throws {
        let all: [Column: Verdict] = [
            .waiting: .allow, .open: .allow, .members: .allow, .closed: .allow, .locked: .allow,
        ]
        try self.expect(all) { $0.join(leaf(.newcomer), .reentry(pass(.newcomer))) }
        try self.expect(all) {
            $0.join(leaf(.newcomer), .reentry(pass(.newcomer, by: .cohost, leader(.cohost, .cohost))))
        }
        let wrong = [
            pass(.stranger), pass(.newcomer, generation: 1), pass(.newcomer, by: .stranger, leader(.host, .host)),
            pass(.newcomer, by: .host, leader(.host, .host, [.policy])), pass(.newcomer, by: .bram, ticketed(.bram)),
        ]
        for pass in wrong {
            try self.expect(all.mapValues { _ in .deny(.pass) }) { $0.join(leaf(.newcomer), .reentry(pass)) }
        }
    }

    @Test("a host or co-host comes back through every door")
    func role() throws {
        let always = Dictionary(uniqueKeysWithValues: Column.allCases.map { ($0, Verdict.allow) })
        try self.expect(always) { $0.join(leaf(.newcomer, leader(.newcomer, .host)), .role) }
        try self.expect(always) { $0.join(leaf(.newcomer, leader(.newcomer, .cohost, [.admit])), .role) }
        try self.expect([:]) { $0.join(leaf(.newcomer), .role) }
        try self.expect([:]) { $0.join(leaf(.newcomer, ticketed(.newcomer, ticket: .device)), .role) }
    }

    @Test("a resync comes back through every door as the leaf it was, and as nobody else")
    func resync() throws {
        let always = Dictionary(uniqueKeysWithValues: Column.allCases.map { ($0, Verdict.allow) })
        let never = always.mapValues { _ in Verdict.deny(.identity) }
        let info = recording
        // The same key and credential.
        try self.expect(always) { $0.join(leaf(.anna), .resync, removing: 2) }
        try self.expect(always) {
            $0.join(leaf(.recorder, serviceChain(.recorder), service: info), .resync, removing: 4)
        }
        // The same personal link, a new key: a reloaded tab.
        try self.expect(always) { $0.join(leaf(.newcomer, ticketed(.newcomer)), .resync, removing: 3) }
        // The host link opened again.
        try self.expect(always) { $0.join(leaf(.newcomer, leader(.newcomer, .host)), .resync, removing: 0) }

        try self.expect(never) { $0.join(leaf(.newcomer), .resync, removing: 2) }
        // Bram's link is in the room, on another leaf than the one that would go.
        try self.expect(always.mapValues { _ in .deny(.leafDuplicate) }) {
            $0.join(leaf(.newcomer, ticketed(.newcomer)), .resync, removing: 2)
        }
        try self.expect(never) { $0.join(leaf(.newcomer, ticketed(.newcomer, ticket: .device)), .resync, removing: 3) }
        try self.expect(never) { $0.join(leaf(.newcomer, leader(.newcomer, .host)), .resync, removing: 1) }
        try self.expect(never) { $0.join(leaf(.newcomer, leader(.newcomer, .cohost)), .resync, removing: 1) }
        try self.expect(never) { $0.join(leaf(.anna, salt: 3), .resync, removing: 2) }
        // Nobody sheds a role or a recorder's mark.
        try self.expect(never) { $0.join(leaf(.host), .resync, removing: 0) }
        try self.expect(never) { $0.join(leaf(.recorder), .resync, removing: 4) }
        try self.expect(never) {
            var other = info
            other.purposes = .publish
            return $0.join(leaf(.recorder, serviceChain(.recorder), service: other), .resync, removing: 4)
        }
    }

    @Test("somebody who has to stay out comes in nowhere")
    func out() throws {
        for column in Column.allCases {
            var scene = column.scene()
            scene.policy.revoked = [Revocation(key: Person.anna.key, scope: .out)]
            let back = scene.join(leaf(.anna), .resync, removing: 2)
            #expect(try scene.verdict(back) == .deny(.leafRevoked))
            scene.occupants.remove(at: 2)
            #expect(try scene.verdict(scene.join(leaf(.anna), .reentry(pass(.anna)))) == .deny(.leafRevoked))
        }
    }

    @Test(
        "without a host an open door is a waiting room, unless the meeting was made to need none; closed stays closed")
    func unhosted() throws {
        var scene = Scene()
        scene.occupants.removeFirst(2)
        scene.policy.admission = .open
        let invite = scene.join(leaf(.newcomer), .invite)
        let ticket = scene.join(leaf(.newcomer, ticketed(.newcomer, .enter, ticket: .device)), .invite)
        #expect(try scene.verdict(invite) == .deny(.door))
        #expect(try scene.verdict(ticket) == .allow)
        scene.policy.flags.insert(.unhostedOpen)
        #expect(try scene.verdict(invite) == .allow)
        scene.policy.flags.remove(.unhostedOpen)
        scene.policy.admission = .closed
        #expect(try scene.verdict(ticket) == .deny(.door))
        scene.policy.admission = .open
        scene.describe { $0.successors = [Person.anna.key] }
        #expect(try scene.verdict(invite) == .allow)
    }
}
