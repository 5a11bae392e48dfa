import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import Persistence
import Redaction
import Server
import Signalling
import Testing

@Suite("Guessing", .promise("P-007"))
struct GuessTests {
    @Test(
        "ten thousand guesses from a thousand addresses sign nobody in, and tell no account from none",
        .timeLimit(.minutes(2)))
    func passwords() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                _ = try await accounts.person(1, [.host], at: server)
            }
            var answers: [String: [String: Int]] = [:]
            for guess in 0..<10_000 {
                let email = guess.isMultiple(of: 2) ? "person-1@example.org" : "nobody@example.org"
                let address = Redacted<[UInt8]>([127, 1, UInt8(guess / 2 % 1_000 >> 8), UInt8(guess / 2 % 1_000 & 255)])
                let signIn = SignIn(email: Redacted(email), password: Redacted("guess number \(guess)"))
                do throws(AccountRefusal) {
                    _ = try await accounts.desk.signIn(signIn, from: address)
                    Issue.record("somebody was signed in")
                } catch {
                    let answer = "\(error.kind) \(error.retrySeconds ?? 0)"
                    answers[email, default: [:]][answer, default: 0] += 1
                }
            }
            #expect(answers.count == 2)
            #expect(answers["person-1@example.org"] == answers["nobody@example.org"])
            #expect(answers["nobody@example.org"]?["unauthorized 0"] == 100)
        }
    }

    @Test("nor do guesses at cookies, links and steps", .timeLimit(.minutes(1)))
    func tokens() async throws {
        try await TestAccounts.run { accounts in
            var generator = SeededGenerator(seed: 8)
            for _ in 0..<2_000 {
                let who = try await accounts.desk.who(.random(byteCount: 32, using: &generator))
                #expect(who == nil)
                let creation = AccountCreation(
                    token: .random(byteCount: 32, using: &generator), email: Redacted("a@example.org"),
                    name: Redacted("A"), password: Redacted("a password that is long"))
                await #expect(throws: AccountRefusal(.unauthorized)) { try await accounts.desk.create(creation) }
                let renewal = PasswordRenewal(
                    token: .random(byteCount: 32, using: &generator), password: creation.password)
                await #expect(throws: AccountRefusal(.unauthorized)) { try await accounts.desk.renew(renewal) }
                let answer = SecondStepAnswer(
                    step: .random(byteCount: 32, using: &generator), code: Redacted("123456"))
                await #expect(throws: AccountRefusal(.unauthorized)) {
                    try await accounts.desk.secondStep(answer, from: nil)
                }
            }
            let hasAccounts = try await accounts.store.hasAccounts()
            #expect(!hasAccounts)
        }
    }

    @Test("a network is counted by what a trusted proxy says of it", .timeLimit(.minutes(1)))
    func proxy() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve(trusting: ["127.0.0.1"]) { server in
                let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
                let person = TestPerson(server: server, number: 1)
                var refused: [String: Int] = [:]
                for number in 0..<45 {
                    for address in ["192.0.2.1", "192.0.2.\(100 + number)"] {
                        let signIn = SignIn(
                            email: Redacted("\(number)-\(address)@example.org"), password: Redacted("a guess"))
                        let response = try await person.send(
                            .post, "/api/v1/account/session", signIn, headers: [forwarded: address])
                        if response.status == .tooManyRequests { refused[address, default: 0] += 1 }
                    }
                }
                #expect(refused == ["192.0.2.1": 5])
            }
        }
    }
}
