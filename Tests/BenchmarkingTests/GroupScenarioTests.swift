import Benchmarking
import Testing

/// `Benchmarks/run` counts groups of up to a thousand; here small ones show that what is counted is a group.
@Suite("Groups that are counted")
struct GroupScenarioTests {
    private func scenario(_ policy: GroupScenario.Policy, isWitnessed: Bool = false) -> GroupScenario {
        var scenario = GroupScenario(members: 20, policy: policy)
        scenario.events = 30
        scenario.samples = 10
        scenario.isWitnessed = isWitnessed
        return scenario
    }

    @Test(
        "a member with all its keys follows every Commit, whoever makes them", arguments: GroupScenario.Policy.allCases)
    func witnessed(policy: GroupScenario.Policy) throws {
        // `run` throws when the member cannot follow, or gets somewhere else.
        let figures = try self.scenario(policy, isWitnessed: true).run()
        #expect(figures.seals.median > 0)
        #expect(figures.bytes.median > 1_120 * figures.seals.median)
    }

    @Test("the same seed counts the same, another one another group")
    func repeats() throws {
        let figures = try self.scenario(.merging).run()
        #expect(try self.scenario(.merging).run() == figures)
        var other = GroupScenario(members: 20, policy: .merging, seed: 15)
        other.events = 30
        other.samples = 10
        #expect(try other.run() != figures)
    }

    @Test("a host who commits everything seals to everybody else each time")
    func host() throws {
        let figures = try self.scenario(.host).run()
        #expect(figures.seals.median == 18)
        #expect(figures.seals.p95 == 18)
    }

    @Test("in a group of a hundred, a removal by the nearest leaf costs no more than the specification allows")
    func hundred() throws {
        let scenario = GroupScenario(members: 100, policy: .merging)
        let figures = try scenario.run()
        #expect(try #require(scenario.gate).admits(figures), "\(figures)")
    }

    @Test("of many who come at once, each costs the host one seal, and everybody two signatures")
    func joins() throws {
        let (figures, _) = try JoinScenario(before: 10, joiners: 5).run(clock: { 0 })
        #expect(figures.committerSeals == 5)
        #expect((10...14).contains(figures.committerVerifications))
        #expect((11...15).contains(figures.memberVerifications))
        #expect((15...20).contains(figures.joinerVerifications))
    }
}
