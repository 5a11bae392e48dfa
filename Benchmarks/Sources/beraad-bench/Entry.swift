import Benchmarking
import Glibc

/// What `Benchmarks/run` makes its tables of. `video` and `audio` with a number of subscribers and `count` or `time` play
/// packets to so many and print one number: `count` plays them once, for a profiler that counts inside `playCounted`, and
/// prints how many they were; `time` plays them several times and prints the fewest nanoseconds of this thread's processor
/// time per packet. `group` and `joins` print lines of the table of groups, fields with tabs between; `joins time` prints
/// milliseconds.
@main
enum Entry {
    private static let packets = 1_000
    private static let repeats = 5

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "group" where arguments.count == 3:
            guard let members = Int(arguments[1]), (4...1_000).contains(members),
                let policy = GroupScenario.Policy(rawValue: arguments[2])
            else { break }
            return try self.count(GroupScenario(members: members, policy: policy))
        case "joins" where arguments.count == 2:
            switch arguments[1] {
            case "count": return try self.count(JoinScenario())
            case "time": return try self.time(JoinScenario())
            default: break
            }
        case let source? where arguments.count == 3:
            guard let source = ForwardScenario.Source(rawValue: source), let subscribers = Int(arguments[1]),
                (0...200).contains(subscribers), arguments[2] == "count" || arguments[2] == "time"
            else { break }
            return try self.play(
                ForwardScenario(source: source, subscribers: subscribers), isCounted: arguments[2] == "count")
        default: break
        }
        print("usage: beraad-bench video|audio SUBSCRIBERS count|time")
        print("       beraad-bench group MEMBERS \(GroupScenario.Policy.allCases.map(\.rawValue).joined(separator: "|"))")
        print("       beraad-bench joins count|time")
        exit(2)
    }

    private static func play(_ scenario: ForwardScenario, isCounted: Bool) throws {
        if isCounted {
            try scenario.playCounted(self.packets)
            print(self.packets)
        } else {
            let shortest = try scenario.shortest(
                of: self.repeats, packets: self.packets, clock: self.threadNanoseconds)
            print(shortest / Int64(self.packets))
        }
    }

    /// Title, seals, bytes, bytes of the tree, and whether they are within the specification's figures: `yes`, `no`, or `-`
    /// where it has none.
    private static func count(_ scenario: GroupScenario) throws {
        let figures = try scenario.run()
        let numbers = [
            figures.seals.median, figures.seals.p95, figures.bytes.median, figures.bytes.p95, figures.treeBytes,
        ]
        print(
            "removal from \(scenario.members), \(scenario.policy.title)",
            numbers.map(String.init).joined(separator: "\t"),
            scenario.gate.map { $0.admits(figures) ? "yes" : "no" } ?? "-", separator: "\t")
    }

    private static func count(_ scenario: JoinScenario) throws {
        let (figures, _) = try scenario.run(clock: { 0 })
        for (name, number) in [
            ("bytes of the Commit", figures.commitBytes), ("bytes of the Welcome for each", figures.welcomeBytes),
            ("bytes of the Welcome for all", figures.groupInfoBytes), ("bytes of the tree", figures.treeBytes),
            ("seals of the host", figures.committerSeals), ("verifications of the host", figures.committerVerifications),
            ("verifications of a member", figures.memberVerifications),
            ("verifications of a joiner", figures.joinerVerifications),
        ] {
            print("\(scenario.joiners) joins to \(scenario.before), \(name)", number, separator: "\t")
        }
    }

    private static func time(_ scenario: JoinScenario) throws {
        let (_, times) = try scenario.run(hasRealKEM: true, clock: self.threadNanoseconds)
        let milliseconds = [times.committer, times.member, times.joiner].map { String($0 / 1_000_000) }
        print(milliseconds.joined(separator: "\t"))
    }

    private static func threadNanoseconds() -> Int64 {
        var time = timespec()
        // SAFETY: the system writes one `timespec`, which is ours.
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
