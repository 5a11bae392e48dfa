import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import Persistence
import Privacy
import Redaction
import Server
import Signalling
import Synchronization
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

    @Test("an admin sees which links wait, and one that is taken back opens nothing", .timeLimit(.minutes(1)))
    func links() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let admin = try await accounts.person(1, [.admin], at: server)
                let path = "/api/v1/accounts/links"
                let made = try await admin.send(.post, "/api/v1/accounts/invitations", Invitation(roles: [.host]))
                    .read(LinkMade.self)
                let list = try await admin.send(.get, path).read(LinkList.self)
                let link = try #require(list.links.first)
                #expect(list.links.count == 1)
                #expect(list.next == nil)
                let id = try await admin.info().account
                #expect(link.maker == id)
                #expect(link.expires == made.expires)
                #expect(try await admin.send(.delete, "\(path)/\(link.id.text)").status == .noContent)
                #expect(try await admin.send(.delete, "\(path)/\(link.id.text)").status == .notFound)
                let bram = TestPerson(server: server, number: 2)
                let late = try await bram.send(.post, "/api/v1/account", bram.creation(made.token))
                #expect(late.problem == .unauthorized)
            }
        }
    }

    @Test("an admin alone neither invites nor lets back in who supervises them", .timeLimit(.minutes(1)))
    func supervisors() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let admin = try await accounts.person(1, [.admin], at: server)
                let officer = try await accounts.person(2, [.privacyOfficer], at: server)
                let path = "/api/v1/accounts/\(try await officer.info().account.text)/renewal"
                #expect(try await admin.send(.post, path).problem == .forbidden)
                let invitation = Invitation(roles: [.host, .privacyOfficer])
                let both = try await accounts.person(3, [.admin, .privacyOfficer], at: server)
                for (person, status) in [(admin, HTTPResponse.Status.forbidden), (both, .created)] {
                    let response = try await person.send(.post, "/api/v1/accounts/invitations", invitation)
                    #expect(response.status == status)
                }
                #expect(try await both.send(.post, path).status == .created)
            }
        }
    }

    @Test(
        "that a link was made and a password renewed stands in the log, and its holder sees when",
        .timeLimit(.minutes(1)))
    func renewalSeen() async throws {
        try await TestAccounts.run { accounts in
            let events = Events()
            let desk = Desk(
                accounts.store, ledger: accounts.ledger,
                cost: try #require(ScryptCost(logN: 4, blockSize: 1, parallelism: 1)), clock: accounts.clock.desk,
                log: EventLog { event in events.all.withLock { $0.append(event) } })
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                #expect(try await anna.info().renewed == nil)
                accounts.clock.advance(60)
                let link = try #require(try await desk.renewalLink(at: anna.email, withoutCodes: false))
                let password = Redacted("a password after the holidays")
                try await desk.renew(PasswordRenewal(token: link.token, password: password), from: nil)
                let signIn = SignIn(email: Redacted(anna.email), password: password)
                let info = try await anna.send(.post, "/api/v1/account/session", signIn).read(SessionInfo.self)
                #expect(info.renewed == accounts.clock.wall.seconds)
            }
            let all = events.all.withLock { $0 }
            #expect(all == [.linkMade, .passwordRenewed])
        }
    }

    private final class Events: Sendable {
        let all = Mutex<[LogEvent]>([])
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
                    #expect(try await browser.send(.get, "/api/v1/account/session").status == .noContent)
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
                #expect(try await bram.send(.get, "/api/v1/account/session").status == .noContent)
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
