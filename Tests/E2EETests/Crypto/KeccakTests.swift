import E2EE
import Testing

@Suite("Keccak (FIPS 202)")
struct KeccakTests {
    @Test(
        "SHA3-256 of known messages",
        arguments: [
            ("", "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"),
            ("abc", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"),
        ])
    func hash(message: String, digest: String) {
        let bytes = Array(message.utf8)
        let output = Keccak.sha3(bytes.span).copied()
        #expect(hex(output) == digest)
    }

    @Test("SHAKE256 of nothing, and of lengths around one block")
    func lengths() {
        let answers = [
            0: "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f",
            135: "c45dae624ad8a2f5aa7bac9d7557737fd91c96eedb70a6be5574d57a844eade0",
            136: "b7ff4073b3f5a8eabd6e17705ca7f6761a31058f9df781a6a47e3a3063b9d67a",
            137: "01d90952c642a5eb2a8fc9d713f843a45d7ac05132dddcb2efc9bebc27e37bcb",
        ]
        for (count, answer) in answers {
            // Named step by step: Swift 6.3.1 crashes on the temporary array in one expression.
            let message = (0..<count).map { UInt8($0) }
            let output = Keccak.shake256(message.span, count: 32).copied()
            #expect(hex(output) == answer)
        }
    }

    @Test("SHAKE256 of 1,600 bits, the standard's example, squeezed over three blocks")
    func squeeze() {
        let output = Keccak.shake256([UInt8](repeating: 0xA3, count: 200).span, count: 300).copied()
        #expect(hex(output).hasPrefix("cd8a920ed141aa0407a22d59288652e9d9f1a7ee0c1e7c1ca699424da84a904d"))
        #expect(hex(output).hasSuffix("a5e4fa0514ae974d8c2648513b5db494cea847156d277ad0e141c24c7839064c"))
    }
}
