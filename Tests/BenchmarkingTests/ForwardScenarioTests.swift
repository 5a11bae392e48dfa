import Benchmarking
import Testing

/// `Benchmarks/run` counts these packets; here they only have to arrive. `playCounted` throws when a subscriber's client
/// cannot open what it was sent, or finds other bytes in it.
@Suite("The way of a packet that is counted")
struct ForwardScenarioTests {
    @Test("every subscriber opens what was sent", arguments: ForwardScenario.Source.allCases, [0, 1, 3])
    func arrives(source: ForwardScenario.Source, subscribers: Int) throws {
        try ForwardScenario(source: source, subscribers: subscribers).playCounted(50)
    }
}
