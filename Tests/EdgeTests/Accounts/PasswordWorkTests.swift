import BeraadTesting
import Crypto
import Edge
import Meeting
import Persistence
import Privacy
import Redaction
import Signalling
import Testing

@Suite("Hashing passwords", .promise("P-037"))
struct PasswordWorkTests {
    private static func bytes(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// RFC 7914 §12, the second and the third.
    @Test("the vectors of scrypt")
    func vectors() throws {
        let second = try #require(ScryptCost(logN: 10, blockSize: 8, parallelism: 16))
        let third = try #require(ScryptCost(logN: 14, blockSize: 8, parallelism: 1))
        #expect(
            Scrypt.key(Array("password".utf8), salt: Array("NaCl".utf8), second, byteCount: 64)
                == SymmetricKey(
                    data: Self.bytes(
                        """
                        fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830da\
                        c727afb94a83ee6d8360cbdfa2cc0640
                        """)))
        #expect(
            Scrypt.key(Array("pleaseletmein".utf8), salt: Array("SodiumChloride".utf8), third, byteCount: 64)
                == SymmetricKey(
                    data: Self.bytes(
                        """
                        7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9\
                        e61e85dc0d651e40dfcf017b45575887
                        """)))
        #expect(Scrypt.key([], salt: [1], third, byteCount: 32) == nil)
    }

    @Test(
        "the cost that is used is that of the guidance, and the machine has the memory for it", .timeLimit(.minutes(1)))
    func current() async throws {
        #expect(ScryptCost.current == ScryptCost(logN: 17, blockSize: 8, parallelism: 1))
        let key = try await PasswordWork().hash(Array("a password".utf8), salt: [1, 2, 3], .current)
        #expect(key.count == PasswordHash.keyBytes)
    }

    @Test("few are hashed at a time, few wait, and the others are told to come again", .timeLimit(.minutes(1)))
    func queue() async throws {
        let work = PasswordWork(lanes: 1, waiting: 2)
        let cost = try #require(ScryptCost(logN: 15, blockSize: 8, parallelism: 1))
        var outcomes: [String: Int] = [:]
        await withTaskGroup(of: String.self) { group in
            for number in 0..<40 {
                group.addTask {
                    do throws(AccountRefusal) {
                        _ = try await work.hash([UInt8(number)], salt: [1], cost)
                        return "done"
                    } catch {
                        return "\(error.kind) \(error.retrySeconds ?? 0)"
                    }
                }
            }
            for await outcome in group { outcomes[outcome, default: 0] += 1 }
        }
        #expect(outcomes["done", default: 0] >= 3)
        #expect(outcomes["busy 5", default: 0] > 0)
        #expect(outcomes.values.reduce(0, +) == 40)
        // When the crowd is gone there is room again.
        let cheap = try #require(ScryptCost(logN: 1, blockSize: 1, parallelism: 1))
        #expect(try await work.hash([1], salt: [1], cheap).count == PasswordHash.keyBytes)
    }

    @Test("whoever signs in with a hash of old is hashed anew, as dear as today", .timeLimit(.minutes(1)))
    func rehash() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let id = try await anna.info().account
                func cost() async throws -> ScryptCost? {
                    let kept = try #require(try await accounts.store.account(id)).password
                    return PasswordHash(try kept.read(for: Authenticate.self, PurposeLedger()))?.cost
                }
                let old = try #require(ScryptCost(logN: 3, blockSize: 1, parallelism: 1))
                let salt = [UInt8](repeating: 4, count: PasswordHash.saltBytes)
                let key = try await PasswordWork().hash(PasswordRules.bytes(of: anna.password), salt: salt, old)
                try await accounts.store.setPassword(
                    Personal(PasswordHash(cost: old, salt: salt, key: key).text), of: id)
                #expect(try await cost() == old)
                _ = try await anna.again()
                #expect(try await cost() == ScryptCost(logN: 4, blockSize: 1, parallelism: 1))
                _ = try await anna.again()
            }
        }
    }
}
