import Client
import Testing

/// Who comes and goes in a crowd, and what is said about how it fared.
@Suite("A crowd")
struct CrowdTests {
    private func plan(changes: Duration?) -> CrowdPlan {
        CrowdPlan(size: 3, arrivalInterval: .milliseconds(100), changeInterval: changes, seed: 7)
    }

    @Test("People come one by one, and stay when nobody is to go")
    func arrivals() {
        var plan = self.plan(changes: nil)
        #expect(plan.moves(until: .zero) == [.arrive(1)])
        #expect(plan.moves(until: .milliseconds(99)).isEmpty)
        #expect(plan.moves(until: .seconds(60)) == [.arrive(2), .arrive(3)])
        #expect(plan.moves(until: .seconds(600)).isEmpty)
    }

    @Test("Once all are there somebody goes for everybody who comes, and the same seed gives the same crowd")
    func changes() {
        var plan = self.plan(changes: .seconds(1))
        var same = self.plan(changes: .seconds(1))
        let moves = plan.moves(until: .seconds(30))
        #expect(moves == same.moves(until: .seconds(30)))
        var inside: Set<Int> = []
        for move in moves {
            switch move {
            case .arrive(let number): #expect(inside.insert(number).inserted)
            case .leave(let number): #expect(inside.remove(number) != nil)
            }
            #expect(inside.count <= 3)
        }
        #expect(inside.count == 3 && moves.count == 3 + 2 * 29)
    }

    @Test("The verdict is good only when nobody fell out, began anew or missed something, and all agree")
    func verdict() {
        var report = CrowdReport()
        report.agrees = true
        #expect(report.isSound)
        let spoilt: [(inout CrowdReport) -> Void] = [
            { $0.agrees = false }, { $0.lost = ["lost": 1] }, { $0.rejoins = 1 }, { $0.resyncs = 1 },
            { $0.failures = ["authentication": 1] }, { $0.faults = [3: 1] },
        ]
        for spoil in spoilt {
            var other = report
            spoil(&other)
            #expect(!other.isSound)
        }
        report.joinMilliseconds = [40, 10, 30, 20]
        #expect(report.joinMilliseconds(atMost: 0.5) == 20 && report.joinMilliseconds(atMost: 1) == 40)
    }
}
