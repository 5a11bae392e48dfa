import BeraadTesting
import E2EE
import Testing

/// The bytes that a device keeps: what stands in them, what must not, and what is made of bytes that are none.
@Suite("What is kept of a meeting")
struct SavedStateTests {
    private func config() -> EngineConfig {
        EngineConfig(name: [65], language: [], clientVersion: 1, buildHash: [], wordlist: 1)
    }

    private func secret(_ bytes: [UInt8]) -> HeldSecret { HeldSecret(Secret(copying: bytes.span)) }

    /// An engine out of bytes that were changed may be refused or not; it never traps. True when it was refused.
    private func isRefused(_ bytes: [UInt8], _ meeting: TestMeeting) -> Bool {
        let now = EngineTime(monotonic: meeting.now, unix: TestMeeting.unix * 1_000 + meeting.now)
        do throws(E2EEError) {
            var engine = try Engine(restoring: self.secret(bytes).secret, nil, self.config(), meeting.crypto, now: now)
            for input in [EngineInput.connected, .tick, .wire([0x40]), .command(.leave)] {
                engine.handle(input, now: now)
                while engine.next() != nil {}
            }
            return false
        } catch {
            return true
        }
    }

    private func reason(_ bytes: [UInt8], _ meeting: TestMeeting) -> E2EEError? {
        do throws(E2EEError) {
            _ = try SavedState(kept: self.secret(bytes).secret, meeting.crypto)
            return nil
        } catch {
            return error
        }
    }

    /// Anna and Bram with the stand-in for the KEM, which is quick, and what Bram keeps.
    private func kept(seed: UInt64) throws -> (meeting: TestMeeting, bytes: [UInt8]) {
        let meeting = try TestMeeting(seed: seed, hasRealKEM: false)
        meeting.keepsState = true
        let anna = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { anna.isLive }))
        let bram = try meeting.enter("Bram")
        try #require(meeting.run(until: { anna.lobby.count == 1 }))
        meeting.tell(anna, .admit([]))
        try #require(meeting.run(until: { bram.isLive && bram.names == ["Anna", "Bram"] }))
        meeting.run(6_000)
        return (meeting, try #require(bram.saved).secret.copied())
    }

    @Test("a byte changed anywhere, an end cut off anywhere, a byte more: refused")
    func damaged() throws {
        let (meeting, bytes) = try self.kept(seed: 520)
        try #require(!self.isRefused(bytes, meeting) && self.reason(bytes, meeting) == nil)
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1 << UInt8(index % 8)
            let expected = E2EEError(.codec, index == 0 ? .unsupported : .malformed)
            try #require(self.reason(changed, meeting) == expected, "byte \(index)")
        }
        for count in 0..<bytes.count where count < 64 || count.isMultiple(of: 13) {
            try #require(self.reason(Array(bytes[..<count]), meeting) != nil, "\(count) bytes")
        }
        #expect(self.reason(bytes + [0], meeting) != nil)
    }

    @Test(
        "whoever can write the digest too gets an engine or none, and no trap; most are seen to contradict themselves")
    func forged() throws {
        let (meeting, bytes) = try self.kept(seed: 521)
        let body = Array(bytes.dropLast(32))
        var (refused, tried) = (0, 0)
        for index in stride(from: 1, to: body.count, by: 3) {
            var changed = body
            changed[index] ^= 1 << UInt8(index % 8)
            tried += 1
            guard let state = try? SavedState(decoding: changed) else {
                refused += 1
                continue
            }
            #expect(state.encoded == changed, "one spelling only")
            let kept = state.kept(meeting.crypto)
            if self.isRefused(kept.copied(), meeting) { refused += 1 }
        }
        #expect(refused * 10 > tried * 8, "\(refused) of \(tried)")
    }

    @Test("a state of another version is refused as such", arguments: [0, 1, 3, 255] as [UInt8])
    func version(_ version: UInt8) throws {
        let (meeting, bytes) = try self.kept(seed: 522)
        #expect(self.reason([version] + bytes.dropFirst(), meeting) == E2EEError(.codec, .unsupported))
    }

    @Test("a state of another meeting is refused beside the link, and a bad link at the other meeting's server")
    func otherMeeting() throws {
        let (_, bytes) = try self.kept(seed: 523)
        let other = try Company(seed: 524, keepsState: true)
        #expect(throws: E2EEError(.validation, .wrongGroup)) {
            _ = try other.meeting.restore("Bram", from: self.secret(bytes), hasHostLink: true)
        }
        let stranger = try Company(seed: 525, keepsState: true)
        let saved = try #require(stranger.guests[0].saved)
        let bram = try other.meeting.restore("Bram", from: saved)
        #expect(other.meeting.run(until: { bram.state == .out(.badLink) }), "\(bram.state)")
        #expect(bram.epochs.isEmpty && bram.isSavedDeleted)
    }

    @Test("passes, consents and names are kept in one order, and each once")
    func lists() throws {
        let (meeting, bytes) = try self.kept(seed: 526)
        var state = try SavedState(kept: self.secret(bytes).secret, meeting.crypto)
        #expect(state.profiles.map(\.name).sorted { $0[0] < $1[0] } == ["Anna", "Bram"].map { Array($0.utf8) })
        let key = state.profiles[0].leafKey, signature = [UInt8](repeating: 9, count: 64)
        var certificate = RoleCertificate(
            state.instance, issuer: key, subject: key, .leaf, .host, .admit, notBefore: 1, notAfter: 2,
            serial: [UInt8](repeating: 4, count: 8))
        certificate.signature = signature
        var pass = ReentryPass(state.instance, generation: 3, subject: key, issuer: Chain([certificate]))
        pass.signature = signature
        state.passes = [pass]
        let info = ServiceInfo(role: .recorder, ownerKey: key, purposes: .record, place: .elsewhere)
        var book = ConsentBook()
        for (number, scope) in [(2, .voice), (1, [])] as [(UInt8, ConsentScope)] {
            let consent = SavedConsent(
                service: [UInt8](repeating: number, count: 32), info: info, scope: scope,
                textHash: [UInt8](repeating: 7, count: 32))
            let isSet = book.set(consent, among: [])
            #expect(isSet)
        }
        state.consents = book.saved.sorted { $0.service[0] < $1.service[0] }
        let read = try SavedState(decoding: state.encoded)
        #expect(read.encoded == state.encoded && read.passes == [pass] && ConsentBook(read.consents) == book)
        state.consents.reverse()
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try SavedState(decoding: state.encoded) }
        state.consents = []
        state.profiles.append(state.profiles[1])
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try SavedState(decoding: state.encoded) }
    }

    @Test("what was said leaves no trace in a state: no counter is in it")
    func counters() throws {
        let company = try Company(seed: 527, keepsState: true)
        let bram = company.guests[0]
        company.meeting.run(6_000)
        let now = EngineTime(monotonic: 7, unix: 8)
        let before = try bram.engine.savedState(now: now).encoded
        for body in 0..<10 as Range<UInt8> {
            company.meeting.tell(bram, .chat("\(body)"))
            company.meeting.tell(company.host, .chat("\(body)"))
            company.meeting.run(200)
        }
        let after = try bram.engine.savedState(now: now).encoded
        #expect(after == before)
        #expect(company.host.read.count == 10)
    }

    @Test("no secret that opens or seals is in a state; those that follow and commit are found by the same search")
    func secrets() throws {
        let ledger = SecretLedger()
        let meeting = try TestMeeting(seed: 528, ledger: ledger)
        meeting.keepsState = true
        let anna = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { anna.isLive }))
        let bram = try meeting.enter("Bram")
        try #require(meeting.run(until: { anna.lobby.count == 1 }))
        meeting.tell(anna, .admit([]))
        try #require(meeting.run(until: { bram.isLive }))
        meeting.tell(anna, .lock(true))
        meeting.run(1_000)
        for member in [anna, bram] { meeting.tell(member, .chat("1")) }
        meeting.run(500)

        let saved = try #require(bram.saved), epoch = try #require(bram.epochsInLedger.last)
        let own = try #require(bram.roster.first { $0.isOwn }).signatureKey
        let bytes = saved.secret.copied()
        let windows = Set((0...bytes.count - 8).map { Array(bytes[$0..<$0 + 8]) })
        var (found, absent): (Set<SecretLedger.Kind>, Set<SecretLedger.Kind>) = ([], [])
        for entry in ledger.entries {
            let secret = Mask.removed(from: entry.masked)
            let isThere = stride(from: 0, through: secret.count - 8, by: 4).contains {
                windows.contains(Array(secret[$0..<$0 + 8]))
            }
            guard isThere else {
                absent.insert(entry.kind)
                continue
            }
            found.insert(entry.kind)
            if case .derived = entry.kind { #expect(entry.epoch == epoch, "\(entry.name)") }
        }
        let names = Set(
            found.compactMap { kind -> String? in if case .derived(let name) = kind { name.title } else { nil } })
        #expect(names == ["mls init", "mls external", "mls membership", "mls resumption"])
        let privateKeys = found.compactMap { kind -> [UInt8]? in
            if case .privateKey(let key) = kind { key } else { nil }
        }
        let tree = try bram.engine.copyOfTree(),
            leaf = try #require(bram.mediaOccupants.first { $0.signatureKey == own })
        let leafKey = try #require(tree.leaf(leaf.leaf)).encryptionKey
        // Of the two leaves his own, and of what is above them.
        #expect(privateKeys.contains(leafKey) && Set(privateKeys).isSubset(of: tree.encryptionKeys))
        #expect(privateKeys.count < tree.encryptionKeys.count)
        let signatureKeys = found.compactMap { kind -> [UInt8]? in
            if case .signatureKey(let key) = kind { key } else { nil }
        }
        #expect(signatureKeys == [own] && found.count == names.count + privateKeys.count + 1)
        // The others exist, and were looked for.
        let titles = Set(
            absent.compactMap { kind -> String? in if case .derived(let name) = kind { name.title } else { nil } })
        let forbidden = [
            "encryption", "exporter", "exported", "sender data", "tree", "application", "secret", "key", "joiner",
            "epoch", "confirm", "authentication",
        ]
        #expect(titles.isSuperset(of: forbidden.map { "mls \($0)" }), "\(titles.sorted())")
    }

    @Test(
        "device taken later: a state and all traffic until then open nothing; what comes after it is followed, until its owner commits"
    )
    func stolen() throws {
        let company = try Company(seed: 529, keepsState: true)
        let meeting = company.meeting, bram = company.guests[0]
        for isLocked in [true, false] {
            for member in company.everybody { meeting.tell(member, .chat("123")) }
            meeting.run(500)
            meeting.tell(company.host, .lock(isLocked))
            meeting.run(500)
        }
        for member in company.everybody { meeting.tell(member, .chat("456")) }
        meeting.run(500)
        let stolen = try SavedState(kept: try #require(bram.saved).secret, meeting.crypto)
        let epoch = stolen.group.context.epoch
        #expect(epoch == bram.epoch)
        let thief = Thief(try Group(restoring: stolen.group, meeting.crypto))
        var sealed = 0
        for event in company.server.events {
            guard case .privateMessage(let message) = event.message else { continue }
            sealed += 1
            #expect(message.epoch <= epoch)
            #expect(throws: E2EEError.self) { _ = try thief.group.receive(event.message) }
        }
        #expect(sealed >= 9)
        #expect(throws: E2EEError(.usage, .wornOut)) {
            _ = try thief.group.export(Array("SFrame 1.0 Base Key".utf8), context: [], count: 16)
        }
        #expect(throws: E2EEError(.usage, .wornOut)) { _ = try thief.group.seal([1]) }
        #expect(throws: E2EEError.self) { _ = try thief.group.groupInfo() }

        // What comes after it they do follow: the state works, and that is why it is sealed.
        var count = company.server.events.count
        meeting.tell(company.host, .lock(true))
        meeting.run(500)
        meeting.tell(company.host, .chat("7"))
        meeting.run(500)
        #expect(thief.opened(company.server.events.dropFirst(count)) >= 1)
        #expect(throws: E2EEError(.usage, .wornOut)) { _ = try thief.group.seal([1]) }
        // Until the owner of the device puts new keys on its path.
        count = company.server.events.count
        let again = try company.restart(bram)
        try #require(meeting.run(until: { again.isLive && company.everybody.dropFirst(2).allSatisfy { $0.isLive } }))
        meeting.tell(company.host, .chat("8"))
        meeting.run(500)
        #expect(thief.opened(company.server.events.dropFirst(count)) == 0)
    }
}

/// Somebody with a state that was not theirs.
private final class Thief {
    var group: Group<SeededCryptoProvider>

    init(_ group: consuming Group<SeededCryptoProvider>) { self.group = group }

    /// How many messages they open, following what they can.
    func opened(_ events: ArraySlice<EventFrame>) -> Int {
        var opened = 0
        for event in events {
            do throws(E2EEError) {
                switch try self.group.receive(event.message) {
                case .application: opened += 1
                case .proposal: break
                case .commit(let commit):
                    let staged = try self.group.validate(commit)
                    try self.group.adopt(staged)
                }
            } catch {
                continue
            }
        }
        return opened
    }
}
