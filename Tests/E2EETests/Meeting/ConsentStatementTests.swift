import E2EE
import Testing

@Suite("What people say to services, signed")
struct ConsentStatementTests {
    private func statement(_ change: (inout ConsentStatement) -> Void = { _ in }) -> ConsentStatement {
        var statement = ConsentStatement(
            groupID: counting(from: 0, 32), epoch: 7, person: Person.anna.key, service: Person.recorder.key,
            role: .recorder, purposes: [.record, .storeSpeechText], scope: .all, decision: .yes, time: 9,
            textHash: ConsentStatement.hash(of: Array("Mag dit?".utf8), native))
        change(&statement)
        return (try? statement.signed(by: Person.anna.secret, native)) ?? statement
    }

    @Test("its bytes are those of the specification, and only its author's signature holds")
    func layout() throws {
        let statement = self.statement()
        let fields: [[UInt8]] = [
            [1, 32], counting(from: 0, 32), [0, 0, 0, 0, 0, 0, 0, 7], Person.anna.key, Person.recorder.key,
            [16, 0, 0x41, 7, 1, 0, 0, 0, 0, 0, 0, 0, 9], statement.textHash, [0x40, 64], statement.signature,
        ]
        #expect(statement.encoded == Array(fields.joined()))
        #expect(try ConsentStatement(decoding: statement.encoded) == statement)
        #expect(statement.isSigned(by: Person.anna.key, native) && !statement.isSigned(by: Person.bram.key, native))
        var other = statement
        other.decision = .withdrawn
        #expect(!other.isSigned(by: Person.anna.key, native))
        #expect(statement.textHash != ConsentStatement.hash(of: Array("Mag dit? ".utf8), native))
    }

    @Test("a yes gives something and a no nothing, and only a service is answered")
    func strict() throws {
        let wrong: [(inout ConsentStatement) -> Void] = [
            { $0.scope = [] }, { $0.scope = ConsentScope(rawValue: 8) }, { $0.decision = .no },
            { $0.decision = .withdrawn }, { $0.role = .host }, { $0.groupID = counting(from: 0, 33) },
        ]
        for (index, change) in wrong.enumerated() {
            let bytes = self.statement(change).encoded
            #expect(throws: E2EEError(.codec, .malformed), "\(index)") { _ = try ConsentStatement(decoding: bytes) }
        }
        for decision in [ConsentDecision.no, .withdrawn] {
            let no = self.statement {
                $0.scope = []
                $0.decision = decision
            }
            #expect(try ConsentStatement(decoding: no.encoded) == no)
        }
        let good = self.statement().encoded
        for count in 0..<good.count {
            #expect(throws: E2EEError(.codec, .malformed)) {
                _ = try ConsentStatement(decoding: Array(good.prefix(count)))
            }
        }
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try ConsentStatement(decoding: good + [0]) }
    }
}
