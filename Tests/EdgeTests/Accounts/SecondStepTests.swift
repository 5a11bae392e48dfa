import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import Redaction
import Server
import Signalling
import Testing

@Suite("A second step", .promise("P-037"))
struct SecondStepTests {
    private static let path = "/api/v1/account/codes"
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    /// What an app reads from the offer.
    private static func secret(_ offer: CodeOffer) -> [UInt8] {
        var bytes: [UInt8] = []
        var held = 0, bits = 0
        for letter in offer.secret.exposed {
            held = (held << 5 | (Self.alphabet.firstIndex(of: letter) ?? 0)) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: held >> bits))
            }
        }
        return bytes
    }

    /// Sets codes up; the app's secret and the recovery codes.
    private static func setUp(
        _ person: TestPerson, _ accounts: TestAccounts
    ) async throws -> (secret: [UInt8], recovery: [String]) {
        let secret = Self.secret(try await person.send(.post, Self.path).read(CodeOffer.self))
        let code = SixDigits.code(step: SixDigits.step(at: accounts.clock.wall), secret: secret)
        let response = try await person.send(.put, Self.path, CodeConfirmation(code: Redacted(code)))
        try #require(response.status == .ok)
        return (secret, try response.read(RecoveryCodes.self).codes.map(\.exposed))
    }

    private static func step(_ person: TestPerson) async throws -> SecondStep {
        let response = try await person.send(.post, "/api/v1/account/session", person.signIn)
        #expect(response.status == .accepted)
        #expect(response.headers[.setCookie] == nil)
        return try response.read(SecondStep.self)
    }

    private static func answer(
        _ person: TestPerson, _ step: SecondStep, _ code: String
    ) async throws -> TestResponse {
        try await person.send(
            .post, "/api/v1/account/session/code", SecondStepAnswer(step: step.step, code: Redacted(code)))
    }

    @Test("once set up the password alone opens nothing, and a code works once", .timeLimit(.minutes(1)))
    func codes() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let (secret, recovery) = try await Self.setUp(anna, accounts)
                #expect(secret.count == 20)
                #expect(Set(recovery).count == 10)
                #expect(try await anna.info().recoveryCodes == 10)
                // The code that set it up was used by that.
                let first = SixDigits.code(step: SixDigits.step(at: accounts.clock.wall), secret: secret)
                #expect(try await Self.answer(anna, try await Self.step(anna), first).status == .unauthorized)
                accounts.clock.advance(60)
                let code = SixDigits.code(step: SixDigits.step(at: accounts.clock.wall), secret: secret)
                let step = try await Self.step(anna)
                let response = try await Self.answer(anna, step, code)
                #expect(response.status == .ok)
                #expect(TestPerson.cookie(response) != nil)
                #expect(try await Self.answer(anna, step, code).status == .unauthorized)
                #expect(try await Self.answer(anna, try await Self.step(anna), code).status == .unauthorized)
            }
        }
    }

    @Test("a recovery code works once, in whatever spelling", .timeLimit(.minutes(1)))
    func recovery() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let (_, recovery) = try await Self.setUp(anna, accounts)
                let typed = recovery[3].uppercased().filter { $0 != "-" }
                let response = try await Self.answer(anna, try await Self.step(anna), typed)
                #expect(response.status == .ok)
                #expect(try response.read(SessionInfo.self).recoveryCodes == 9)
                #expect(try await Self.answer(anna, try await Self.step(anna), recovery[3]).status == .unauthorized)
            }
        }
    }

    @Test("guesses at codes pause, however often the password is right", .timeLimit(.minutes(1)))
    func guesses() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                _ = try await Self.setUp(anna, accounts)
                var answers: [HTTPResponse.Status: Int] = [:]
                for _ in 0..<10 {
                    let step = try await Self.step(anna)
                    for _ in 0..<3 { answers[try await Self.answer(anna, step, "nocode").status, default: 0] += 1 }
                }
                #expect(answers == [.unauthorized: 5, .tooManyRequests: 25])
            }
        }
    }

    @Test("a step waits five minutes and takes five tries", .timeLimit(.minutes(1)))
    func step() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let (_, recovery) = try await Self.setUp(anna, accounts)
                let old = try await Self.step(anna)
                accounts.clock.advance(300)
                #expect(try await Self.answer(anna, old, recovery[0]).status == .unauthorized)
                let step = try await Self.step(anna)
                for _ in 0..<5 { #expect(try await Self.answer(anna, step, "nocode").status != .ok) }
                accounts.clock.advance(60)
                #expect(try await Self.answer(anna, step, recovery[0]).status == .unauthorized)
                #expect(try await Self.answer(anna, try await Self.step(anna), recovery[0]).status == .ok)
            }
        }
    }

    @Test("a wrong first code sets nothing up, nor does one without an offer or after it", .timeLimit(.minutes(1)))
    func offer() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let code = CodeConfirmation(code: Redacted("nocode"))
                #expect(try await anna.send(.put, Self.path, code).status == .conflict)
                _ = try await anna.send(.post, Self.path)
                #expect(try await anna.send(.put, Self.path, code).status == .unauthorized)
                #expect(try await anna.info().recoveryCodes == nil)
                accounts.clock.advance(600)
                let again = try await anna.again()
                #expect(try await again.send(.put, Self.path, code).status == .conflict)
                _ = try await Self.setUp(again, accounts)
                #expect(try await again.send(.delete, Self.path).status == .noContent)
                #expect(try await again.send(.post, "/api/v1/account/session", again.signIn).status == .ok)
            }
        }
    }

    @Test("whoever runs the machine helps an admin who lost password and app", .timeLimit(.minutes(1)))
    func atTheMachine() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.admin], at: server)
                _ = try await Self.setUp(anna, accounts)
                let none = try await accounts.desk.renewalLink(at: "nobody@example.org", withoutCodes: true)
                #expect(none == nil)
                let password = Redacted("the password she knows again")
                for (withoutCodes, status) in [(false, HTTPResponse.Status.accepted), (true, .ok)] {
                    let made = try await accounts.desk.renewalLink(
                        at: " Person-1@Example.org", withoutCodes: withoutCodes)
                    let link = try #require(made)
                    let renewal = PasswordRenewal(token: link.token, password: password)
                    #expect(try await anna.send(.post, "/api/v1/account/renewal", renewal).status == .noContent)
                    let signIn = SignIn(email: Redacted(anna.email), password: password)
                    #expect(try await anna.send(.post, "/api/v1/account/session", signIn).status == status)
                }
            }
        }
    }

    @Test("dangerous things need the password of the last five minutes", .timeLimit(.minutes(1)))
    func confirmation() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                #expect(try await anna.info().confirmed)
                accounts.clock.advance(300)
                #expect(try await !anna.info().confirmed)
                let refused = try await anna.send(.post, Self.path)
                #expect(refused.status == .forbidden)
                #expect(refused.problem == .confirmationNeeded)
                let wrong = PasswordConfirmation(password: Redacted("not the password of anybody"))
                #expect(try await anna.send(.post, "/api/v1/account/session/password", wrong).status == .unauthorized)
                let right = PasswordConfirmation(password: Redacted(anna.password))
                #expect(try await anna.send(.post, "/api/v1/account/session/password", right).status == .noContent)
                #expect(try await anna.send(.post, Self.path).status == .ok)
            }
        }
    }
}
