import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import NIOCore
import Redaction
import Signalling
import Testing

@Suite("Signing in", .promise("P-037"))
struct SignInTests {
    private static let path = "/api/v1/account/session"

    @Test("out again, the cookie is nobody's", .timeLimit(.minutes(1)))
    func signOut() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let other = try await anna.again()
                let out = try await anna.send(.delete, Self.path)
                #expect(out.status == .noContent)
                #expect(
                    out.headers[.setCookie] == "__Host-beraad=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
                #expect(try await anna.send(.get, Self.path).status == .noContent)
                #expect(try await other.send(.get, Self.path).status == .ok)
            }
        }
    }

    @Test("out everywhere at once, and nobody else with one", .timeLimit(.minutes(1)))
    func everywhere() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let bram = try await accounts.person(2, [.host], at: server)
                let browsers = [anna, try await anna.again(), try await anna.again()]
                #expect(try await browsers[1].send(.delete, "/api/v1/account/sessions").status == .noContent)
                for browser in browsers { #expect(try await browser.send(.get, Self.path).status == .noContent) }
                #expect(try await bram.send(.get, Self.path).status == .ok)
            }
        }
    }

    @Test("a wrong password, an unknown address and what is no address get the same answer", .timeLimit(.minutes(1)))
    func same() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                var answers: Set<String> = []
                for (email, password) in [
                    (anna.email, "not the password of person 1"), ("nobody@example.org", anna.password),
                    ("nobody", "x"),
                ] {
                    let response = try await TestPerson(server: server, number: 9).send(
                        .post, Self.path, SignIn(email: Redacted(email), password: Redacted(password)))
                    let headers = response.headers.filter { $0.name != .date }.map { "\($0.name): \($0.value)" }
                        .sorted()
                    answers.insert("\(response.status) \(headers) \(String(buffer: response.body))")
                }
                #expect(answers.count == 1)
                #expect(answers.first?.contains("unauthorized") == true)
            }
        }
    }

    @Test("guessing pauses, the same at an account that is none, and says for how long", .timeLimit(.minutes(1)))
    func pauses() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                for email in [anna.email, "nobody@example.org"] {
                    let wrong = SignIn(email: Redacted(email), password: Redacted("not the password of person 1"))
                    for _ in 0..<5 {
                        #expect(try await anna.send(.post, Self.path, wrong).problem == .unauthorized)
                    }
                    let paused = try await anna.send(.post, Self.path, wrong)
                    #expect(paused.status == .tooManyRequests)
                    #expect(paused.problem == .tooFast)
                    #expect(paused.headers[.retryAfter] == "30")
                }
                // While it pauses the right password waits as well: otherwise the pause would tell which guess was right.
                #expect(try await anna.send(.post, Self.path, anna.signIn).status == .tooManyRequests)
                accounts.clock.advance(30)
                #expect(try await anna.send(.post, Self.path, anna.signIn).status == .ok)
            }
        }
    }

    @Test("a clock that is set back brings no sign-in back that was over", .timeLimit(.minutes(1)))
    func setBack() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                accounts.clock.advance(12 * 3_600)
                #expect(try await anna.send(.get, Self.path).status == .noContent)
                accounts.clock.advance(-12 * 3_600)
                #expect(try await anna.send(.get, Self.path).status == .noContent)
                #expect(try await anna.again().send(.get, Self.path).status == .ok)
            }
        }
    }

    @Test("whoever is signed in gives the password again, whatever strangers do at the door", .timeLimit(.minutes(1)))
    func apart() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let wrong = SignIn(email: Redacted(anna.email), password: Redacted("not the password of person 1"))
                for _ in 0..<6 { _ = try await TestPerson(server: server, number: 9).send(.post, Self.path, wrong) }
                #expect(try await anna.send(.post, Self.path, anna.signIn).problem == .tooFast)
                let path = "\(Self.path)/password"
                let right = PasswordConfirmation(password: Redacted(anna.password))
                #expect(try await anna.send(.post, path, right).status == .noContent)
                // Their own guesses are counted.
                let guess = PasswordConfirmation(password: wrong.password)
                for _ in 0..<5 { #expect(try await anna.send(.post, path, guess).problem == .unauthorized) }
                #expect(try await anna.send(.post, path, right).problem == .tooFast)
            }
        }
    }

    @Test("twelve hours unused, or thirty days in all, and the password is asked for again", .timeLimit(.minutes(1)))
    func old() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                for _ in 0..<65 {
                    accounts.clock.advance(11 * 3_600)
                    #expect(try await anna.send(.get, Self.path).status == .ok)
                }
                accounts.clock.advance(6 * 3_600)
                #expect(try await anna.send(.get, Self.path).status == .noContent)
                let again = try await anna.again()
                accounts.clock.advance(12 * 3_600)
                #expect(try await again.send(.get, Self.path).status == .noContent)
            }
        }
    }

    @Test("a new password signs every other browser out, and the old one opens nothing", .timeLimit(.minutes(1)))
    func changed() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let other = try await anna.again()
                let new = Redacted("another password, longer")
                let wrong = PasswordChange(current: Redacted("not it, by no means"), new: new)
                #expect(try await anna.send(.put, "/api/v1/account/password", wrong).problem == .unauthorized)
                let short = PasswordChange(current: Redacted(anna.password), new: Redacted("short"))
                #expect(try await anna.send(.put, "/api/v1/account/password", short).problem == .passwordTooShort)
                let right = PasswordChange(current: Redacted(anna.password), new: new)
                let response = try await anna.send(.put, "/api/v1/account/password", right)
                #expect(response.status == .ok)
                #expect(try await other.send(.get, Self.path).status == .noContent)
                #expect(try await anna.send(.get, Self.path).status == .noContent)
                var here = anna
                try here.keep(response)
                #expect(try await here.send(.get, Self.path).status == .ok)
                #expect(try await anna.send(.post, Self.path, anna.signIn).status == .unauthorized)
                let signIn = SignIn(email: Redacted(anna.email), password: new)
                #expect(try await anna.send(.post, Self.path, signIn).status == .ok)
            }
        }
    }

    @Test("an admin's link renews a password, once and within the hour", .timeLimit(.minutes(1)))
    func renewed() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let admin = try await accounts.person(1, [.admin], at: server)
                let bram = try await accounts.person(2, [.host], at: server)
                let id = try await bram.info().account
                let path = "/api/v1/accounts/\(id.text)/renewal"
                let link = try await admin.send(.post, path).read(LinkMade.self)
                let renewal = PasswordRenewal(token: link.token, password: Redacted("a password after the holidays"))
                #expect(try await bram.send(.post, "/api/v1/account/renewal", renewal).status == .noContent)
                #expect(try await bram.send(.post, "/api/v1/account/renewal", renewal).status == .unauthorized)
                #expect(try await bram.send(.get, Self.path).status == .noContent)
                #expect(try await bram.send(.post, Self.path, bram.signIn).status == .unauthorized)
                let signIn = SignIn(email: Redacted(bram.email), password: renewal.password)
                #expect(try await bram.send(.post, Self.path, signIn).status == .ok)
                let late = try await admin.send(.post, path).read(LinkMade.self)
                accounts.clock.advance(3_600)
                let tooLate = PasswordRenewal(token: late.token, password: renewal.password)
                #expect(try await bram.send(.post, "/api/v1/account/renewal", tooLate).status == .unauthorized)
                let unknown = "/api/v1/accounts/AAAAAAAAAAAAAAAAAAAAAA/renewal"
                let again = try await admin.again()
                #expect(try await again.send(.post, unknown).status == .notFound)
            }
        }
    }
}
