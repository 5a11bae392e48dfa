import E2EE
import Testing

@Suite("What a chain is worth, and who leads (e2ee.md 3.2)")
struct StandingTests {
    private var descriptor: MeetingDescriptor { Scene().policy.descriptor }

    private func isValid(_ chain: Chain, for person: Person, revoked: [Revocation] = []) -> Bool {
        ChainRule(self.descriptor, revoked: revoked, native).isValid(chain, for: person.key)
    }

    @Test("a chain leads from the leaf to the authority, and nothing in it grows on the way down")
    func valid() {
        let byDevice = Chain([
            certificate(.anna, by: .device, .cohost, .leaf, [.admit]),
            certificate(.device, by: .authority, .cohost, .device, [.admit, .delegate]),
        ])
        for chain in [leader(.anna, .host), leader(.anna, .cohost), ticketed(.anna), byDevice] {
            #expect(self.isValid(chain, for: .anna))
            #expect(!self.isValid(chain, for: .bram))
        }
        #expect(self.isValid(serviceChain(.recorder), for: .recorder))
        let five = Chain(
            [Person.anna, .bram, .cohost, .host, .newcomer].enumerated().map { index, person in
                let above: [Person] = [.bram, .cohost, .host, .newcomer, .authority]
                return certificate(person, by: above[index], .host)
            })
        #expect(self.isValid(five, for: .anna))
    }

    @Test("a chain with anything wrong in it is worth nothing")
    func invalid() {
        let top = certificate(.host, by: .authority, .host)
        let device = certificate(.device, by: .authority, .participant, .device, [.delegate, .enter])
        let wrong: [(String, Chain)] = [
            ("empty", Chain([])), ("another authority", Chain([certificate(.anna, by: .stranger, .host)])),
            ("a participant from the authority", Chain([certificate(.anna, by: .authority, .participant)])),
            ("a participant from a leaf", Chain([certificate(.anna, by: .host, .participant), top])),
            (
                "a participant of three",
                Chain([
                    certificate(.anna, by: .bram, .participant), certificate(.bram, by: .device, .participant), device,
                ])
            ),
            ("a ticket as a leaf", Chain([certificate(.anna, by: .authority, .host, .ticket)])),
            (
                "a ticket in the middle",
                Chain([
                    certificate(.anna, by: .ticket, .cohost), certificate(.ticket, by: .host, .cohost, .ticket), top,
                ])
            ),
            ("a role that rises", Chain([certificate(.anna, by: .device, .cohost, .leaf, [.enter]), device])),
            (
                "rights that rise",
                Chain([
                    certificate(.anna, by: .host, .host, .leaf, [.admit]),
                    certificate(.host, by: .authority, .host, .leaf, [.delegate]),
                ])
            ),
            ("more than a role has", Chain([certificate(.anna, by: .authority, .cohost, .leaf, [.services])])),
            ("a bit nobody knows", Chain([certificate(.anna, by: .authority, .host, .leaf, Rights(rawValue: 0x100))])),
            (
                "no right to delegate",
                Chain([
                    certificate(.anna, by: .host, .host, .leaf, [.admit]),
                    certificate(.host, by: .authority, .host, .leaf, [.admit]),
                ])
            ),
            (
                "a service by somebody without services",
                Chain([certificate(.anna, by: .cohost, .recorder), certificate(.cohost, by: .authority, .cohost)])
            ),
            (
                "below a service",
                Chain([
                    certificate(.anna, by: .recorder, .recorder), certificate(.recorder, by: .host, .recorder), top,
                ])
            ),
            ("a role of phase 2", Chain([certificate(.anna, by: .authority, .attendee)])),
            ("a gap", Chain([certificate(.anna, by: .bram, .host), top])),
            (
                "another occurrence",
                Chain([
                    certificate(
                        .anna, by: .authority, .host, .leaf, nil,
                        MeetingInstance(meetingID: occasion.meetingID, number: 8))
                ])
            ),
        ]
        for (name, chain) in wrong { #expect(!self.isValid(chain, for: .anna), "\(name)") }
        let six = Chain(Array(repeating: top, count: 6))
        #expect(!self.isValid(six, for: .host))
        var unsigned = top
        unsigned.signature[3] ^= 1
        #expect(!self.isValid(Chain([unsigned]), for: .host))
        for person in [Person.anna, .ticket] {
            for scope in [RevokeScope.roleOnly, .out] {
                #expect(
                    !self.isValid(ticketed(.anna), for: .anna, revoked: [Revocation(key: person.key, scope: scope)]))
            }
        }
    }

    private func standings(_ change: (inout Scene) -> Void) -> [Standing] {
        var scene = Scene()
        change(&scene)
        let standings = Standings(scene.policy, scene.occupants, native)
        return scene.occupants.map(standings.standing)
    }

    @Test("a leaf is what its chain or the policy makes it, the higher of them")
    func effective() {
        let plain = self.standings { _ in }
        #expect(plain.map(\.role) == [.host, .cohost, .participant, .participant, .recorder])
        #expect(plain.map(\.rights) == [Role.host.rightsMax, Role.cohost.rightsMax, [], .enter, []])
        #expect(plain.map(\.isCertified) == [true, true, false, false, false])
        let given = self.standings { $0.policy.roles = [leader(.anna, .cohost), leader(.cohost, .host)] }
        #expect(given.map(\.role) == [.host, .host, .cohost, .participant, .recorder])
        let taken = self.standings {
            $0.policy.revoked = [Revocation(key: Person.host.key, scope: .roleOnly)]
        }
        #expect(taken[0].role == .participant)
        #expect(taken[0].rights == [])
        #expect(taken[1].role == .cohost)
    }

    @Test("a machine is what it says it is, and leads nobody, whatever the policy gives its key")
    func machines() {
        for role in [Role.host, .cohost] {
            var scene = Scene()
            scene.policy.roles = [leader(.recorder, role)]
            let standings = Standings(scene.policy, scene.occupants, native)
            let standing = standings.standing(of: scene.occupants[4])
            #expect(standing.role == .recorder && standing.rights == [] && !standing.isCertified)
            #expect(!standings.isCertified(scene.occupants[4]) && standings.proofSet == [0, 1])
            scene.occupants.removeFirst(2)
            #expect(Standings(scene.policy, scene.occupants, native).isUnhosted)
        }
        let given = self.standings { $0.policy.roles = [ticketed(.recorder, [.enter, .admit])] }
        #expect(given[4].role == .recorder && given[4].rights == [])
    }

    @Test("without a leader the first successor who is there acts, and no machine, and nobody whose key was revoked")
    func acting() {
        func acting(_ successors: [Person], _ change: (inout Scene) -> Void = { _ in }) -> [UInt32] {
            var scene = Scene()
            scene.occupants.removeFirst(2)
            scene.describe { $0.successors = successors.map(\.key) }
            change(&scene)
            let standings = Standings(scene.policy, scene.occupants, native)
            #expect(standings.isUnhosted == standings.acting.isEmpty)
            return standings.acting.map(\.index)
        }
        #expect(acting([]) == [])
        #expect(acting([.stranger]) == [])
        #expect(acting([.stranger, .anna, .ticket]) == [2])
        #expect(acting([.ticket, .anna]) == [3])
        #expect(acting([.host, .recorder]) == [], "the recorder's chain names its owner")
        #expect(
            acting([.anna, .ticket]) { $0.policy.revoked = [Revocation(key: Person.anna.key, scope: .out)] } == [3])
        let rights = self.standings {
            $0.occupants.removeFirst(2)
            $0.describe { $0.successors = [Person.anna.key] }
        }
        #expect(rights[0].role == .cohost)
        #expect(rights[0].rights == Rights(rawValue: 0x37))
        #expect(rights[0].isActing)
        #expect(!rights[0].isCertified)
        let hosted = self.standings { $0.describe { $0.successors = [Person.anna.key] } }
        #expect(hosted[2].isActing == false)
    }
}
