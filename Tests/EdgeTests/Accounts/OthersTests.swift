import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import Persistence
import Privacy
import Redaction
import Signalling
import Testing

@Suite("Looking after accounts")
struct OthersTests {
    @Test("an admin sees who there is, some at a time, and nothing of how they sign in", .timeLimit(.minutes(1)))
    func list() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let admin = try await accounts.person(1, [.admin], at: server)
                for number in 2...60 { _ = try await accounts.person(number, [.host], at: server) }
                let first = try await admin.send(.get, "/api/v1/accounts").read(AccountList.self)
                #expect(first.accounts.count == 50)
                let next = try #require(first.next)
                let second = try await admin.send(.get, "/api/v1/accounts?after=\(next.text)").read(AccountList.self)
                #expect(second.accounts.count == 10)
                #expect(second.next == nil)
                let all = first.accounts + second.accounts
                #expect(Set(all.map(\.email.exposed)) == Set((1...60).map { "person-\($0)@example.org" }))
                #expect(try await admin.send(.get, "/api/v1/accounts?after=x").problem == .malformed)
            }
        }
    }

    @Test("whoever closes their account is signed out everywhere, and their address is free", .timeLimit(.minutes(1)))
    func own() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let admin = try await accounts.person(1, [.admin], at: server)
                let bram = try await accounts.person(2, [.host], at: server)
                let other = try await bram.again()
                let closed = try await bram.send(.delete, "/api/v1/account")
                #expect(closed.status == .noContent)
                #expect(closed.headers[.setCookie]?.contains("Max-Age=0") == true)
                for browser in [bram, other] {
                    #expect(try await browser.send(.get, "/api/v1/account/session").status == .unauthorized)
                    #expect(
                        try await browser.send(.post, "/api/v1/account/session", bram.signIn).status == .unauthorized)
                }
                _ = try await accounts.person(2, [.host], at: server)
                // Somebody has to look after them.
                #expect(try await admin.send(.delete, "/api/v1/account").problem == .conflict)
                #expect(try await admin.info().roles == [.admin])
            }
        }
    }

    @Test("an admin closes somebody's account, and of one that is none it is told so", .timeLimit(.minutes(1)))
    func close() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let admin = try await accounts.person(1, [.admin], at: server)
                let bram = try await accounts.person(2, [.host], at: server)
                let path = "/api/v1/accounts/\(try await bram.info().account.text)"
                #expect(try await admin.send(.delete, path).status == .noContent)
                #expect(try await bram.send(.get, "/api/v1/account/session").status == .unauthorized)
                #expect(try await admin.send(.delete, path).status == .notFound)
                #expect(try await admin.send(.delete, "/api/v1/accounts/none").status == .notFound)
            }
        }
    }

    @Test("what people read of each other is counted by purpose", .timeLimit(.minutes(1)))
    func ledger() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let admin = try await accounts.person(1, [.admin], at: server)
                let line = PurposeLedgerLine.emailForRights
                let before = accounts.ledger.counts[line, default: 0]
                _ = try await admin.send(.get, "/api/v1/accounts")
                #expect(accounts.ledger.counts[line, default: 0] == before + 1)
            }
        }
    }
}
