/// The name of a sealed file on disk: random, and neither its id nor anything of a meeting or person.
struct BlobName: Hashable, Sendable {
    /// 32 digits.
    let text: String
    /// Which of the store's queues works on it.
    let lane: Int

    init(using generator: inout some RandomNumberGenerator) {
        let (high, low) = (
            UInt64.random(in: .min ... .max, using: &generator), UInt64.random(in: .min ... .max, using: &generator)
        )
        self.text = [high, low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
        self.lane = Int(low % UInt64(BlobStore.laneCount))
    }

    /// Whether a file in the store's folder is one of ours.
    static func isOne(_ text: String) -> Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
