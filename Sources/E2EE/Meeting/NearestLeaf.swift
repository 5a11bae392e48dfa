/// Who commits somebody's leaving (`e2ee.md` 4.3, Nearest leaf): the fewest keys change when a neighbour does.
package enum NearestLeaf {
    /// The candidates, nearest first: deepest common ancestor with `target`, then lowest index. Candidates are occupied,
    /// connected and not leaving; `target` itself never is one. A batch uses its lowest leaver as `target`.
    package static func order(to target: UInt32, among candidates: [UInt32]) -> [UInt32] {
        candidates.filter { $0 != target }.sorted {
            let (one, other) = (self.height($0, target), self.height($1, target))
            return one == other ? $0 < $1 : one < other
        }
    }

    /// How far up two leaves meet.
    private static func height(_ one: UInt32, _ other: UInt32) -> Int { 32 - (one ^ other).leadingZeroBitCount }
}
