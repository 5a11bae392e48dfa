import BeraadTesting
import E2EE
import Testing

/// One host's word keeps the gate open; which other one is silent people are told (`docs/decisions/0010`).
@Suite("Hosts who give no sign")
struct SilentHostTests {
    /// Keeps back what somebody says and the service forgets, as long as it is on.
    private final class Muffle {
        var isOn = false
        private var messages: Set<[UInt8]> = []

        init(_ member: TestMember, in company: Company) {
            company.server.hears = { sender, frame, _ in
                if sender === member, case .app(let app) = frame, app.keeping == .fleeting {
                    self.messages.insert(app.message)
                }
                return frame
            }
            company.server.says = { _, frame in
                guard self.isOn, case .event(let event) = frame, self.messages.contains(event.message.encoded) else {
                    return frame
                }
                return nil
            }
        }
    }

    private func silent(_ member: TestMember) -> [String] {
        member.roster.filter(\.isSilent).map { String(decoding: $0.name, as: UTF8.self) }
    }

    @Test("with a co-host in the meeting goes on, and everybody but the silent host reads who gives no sign")
    func cohost() throws {
        let company = try Company(seed: 1_333)
        let meeting = company.meeting, bram = company.guests[0], chris = company.guests[1]
        meeting.tell(company.host, .makeCohost(try #require(company.host.key(of: "Bram"))))
        try #require(meeting.run(until: { bram.roster.first(where: \.isOwn)?.role == .cohost }))
        let muffle = Muffle(company.host, in: company)
        meeting.run(30_000)
        #expect(company.everybody.allSatisfy { self.silent($0).isEmpty })
        muffle.isOn = true
        meeting.run(12_000)
        #expect(company.everybody.allSatisfy { self.silent($0).isEmpty }, "less than twenty seconds")
        meeting.run(18_000)
        #expect(chris.isLive && self.silent(chris) == ["Anna"] && self.silent(bram) == ["Anna"])
        #expect(self.silent(company.host).isEmpty)
        muffle.isOn = false
        meeting.run(8_000)
        #expect(company.everybody.allSatisfy { self.silent($0).isEmpty && $0.isLive })
    }
}
