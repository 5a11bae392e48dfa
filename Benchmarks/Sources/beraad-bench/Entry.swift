import Benchmarking
import Glibc

/// `beraad-bench SOURCE SUBSCRIBERS count|time` plays packets to so many subscribers and prints one number. `count` plays
/// them once, for a profiler that counts inside `playCounted`, and prints how many they were; `time` plays them several
/// times and prints the fewest nanoseconds of this thread's processor time per packet. `Benchmarks/run` makes the table.
@main
enum Entry {
    private static let packets = 1_000
    private static let repeats = 5

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 3, let source = ForwardScenario.Source(rawValue: arguments[0]),
            let subscribers = Int(arguments[1]), (0...200).contains(subscribers),
            arguments[2] == "count" || arguments[2] == "time"
        else {
            print("usage: beraad-bench video|audio SUBSCRIBERS count|time")
            exit(2)
        }
        let scenario = ForwardScenario(source: source, subscribers: subscribers)
        if arguments[2] == "count" {
            try scenario.playCounted(self.packets)
            print(self.packets)
        } else {
            let shortest = try scenario.shortest(
                of: self.repeats, packets: self.packets, clock: self.threadNanoseconds)
            print(shortest / Int64(self.packets))
        }
    }

    private static func threadNanoseconds() -> Int64 {
        var time = timespec()
        // SAFETY: the system writes one `timespec`, which is ours.
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
