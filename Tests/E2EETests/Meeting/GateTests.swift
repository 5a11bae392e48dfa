import E2EE
import Testing

@Suite("When a client sends, and when it stops")
struct GateTests {
    @Test("a newcomer sends nothing before the first proof, warns after 12 and stops after 20 seconds of silence")
    func proof() {
        var clock = ProofClock(.hosted)
        #expect(clock.reading(now: 0) == .closed(.noProof))
        clock.sign(at: 500)
        #expect(clock.reading(now: 500) == .closed(.noProof), "an ordinary member proves nothing")
        clock.proof(at: 1_000)
        #expect(clock.reading(now: 12_999) == .proven)
        #expect(clock.reading(now: 13_000) == .warning)
        clock.sign(at: 20_000)
        #expect(clock.reading(now: 20_999) == .warning)
        #expect(clock.reading(now: 21_000) == .closed(.noProof))
        clock.proof(at: 21_500)
        #expect(clock.reading(now: 21_500) == .proven)
        #expect(clock.hasProof(youngerThan: 10_000, now: 31_499))
        #expect(!clock.hasProof(youngerThan: 10_000, now: 31_500))
        #expect(clock.reading(now: 5) == .proven, "a clock that goes back does not trap")
        clock.firstProof(now: 41_000)
        #expect(clock.reading(now: 41_500) == .closed(.noProof), "only the first counts from when it came")
        clock.proof(at: 42_000)
        clock.proof(at: 41_000)
        #expect(clock.reading(now: 53_999) == .proven, "an older one takes nothing back")
        clock.age(by: 50_000)
        #expect(clock.reading(now: 43_000) == .closed(.noProof), "our clock stood still")
        clock.proof(at: 44_000)
        #expect(clock.reading(now: 44_000) == .proven)
    }

    @Test("a successor knows of the host what a certified leaf said and was measured, and for 20 seconds")
    func successor() {
        var clock = ProofClock(.hosted)
        clock.firstProof(now: 1_000)
        clock.proof(at: 2_000, isCertified: false)
        #expect(clock.reading(now: 2_000) == .proven && !clock.knowsHost(now: 2_000))
        clock.proof(at: 3_000)
        clock.proof(at: 9_000, isCertified: false)
        #expect(clock.knowsHost(now: 22_999) && !clock.knowsHost(now: 23_000))
        clock.proof(at: 24_000)
        #expect(clock.knowsHost(now: 43_999) && !clock.knowsHost(now: 44_000))
    }

    @Test("without a host it goes on only where that was agreed, and only while somebody else is heard")
    func unhosted() {
        var clock = ProofClock(.hosted)
        clock.proof(at: 1_000)
        clock.stand(.unhosted(isAccepted: false), now: 2_000)
        #expect(clock.reading(now: 2_000) == .closed(.unhosted))
        clock.stand(.unhosted(isAccepted: true), now: 3_000)
        #expect(clock.reading(now: 3_000) == .proven)
        #expect(clock.reading(now: 23_000) == .closed(.noProof))
        clock.sign(at: 23_000)
        #expect(clock.reading(now: 23_000) == .proven)
        clock.stand(.certified, now: 24_000)
        #expect(clock.reading(now: 99_000) == .proven)
    }

    @Test("a closed gate keeps back content and names; consent alone lets passes through, and no names")
    func kinds() {
        let open = Gate(isLive: true, reasons: [])
        let unproven = Gate(isLive: true, reasons: .noProof)
        let asking = Gate(isLive: true, reasons: .consent)
        let paused = Gate(isLive: false, reasons: [])
        #expect(open.isOpen && !unproven.isOpen && !asking.isOpen && !paused.isOpen)
        for kind in [1, 18 + 15, 32, 36, 40] as [UInt8] {
            for gate in [open, unproven, asking, paused] { #expect(gate.maySend(kind: kind, hasFreshProof: true)) }
        }
        for kind in [2, 3, 16, 18, 23, 25, 26, 27, 41] as [UInt8] {
            #expect(open.maySend(kind: kind, hasFreshProof: true))
            for gate in [unproven, asking, paused] { #expect(!gate.maySend(kind: kind, hasFreshProof: true)) }
        }
        for kind in [4, 5, 6] as [UInt8] {
            #expect(open.maySend(kind: kind, hasFreshProof: true))
            #expect(asking.maySend(kind: kind, hasFreshProof: true))
            #expect(!unproven.maySend(kind: kind, hasFreshProof: true))
        }
        #expect(!open.maySend(kind: 5, hasFreshProof: false))
    }

    @Test("nothing goes to a recorder before consent, and whatever is new in what it says is asked for again")
    func consent() {
        let occupants = Scene().occupants
        var book = ConsentBook()
        #expect(book.scope(occupants) == [])
        #expect(book.unasked(occupants).map(\.index) == [4])
        #expect(book.answer(to: occupants[4]) == .unasked && book.answer(to: occupants[0]) == .unasked)
        let some = SavedConsent(
            service: Person.recorder.key, info: recording, scope: .voice, textHash: counting(from: 0, 32))
        var isSet = book.set(some, among: occupants)
        #expect(isSet)
        #expect(book.scope(occupants) == .voice)
        #expect(book.unasked(occupants).isEmpty && book.answer(to: occupants[4]) == .no)
        var all = some
        all.scope = .all
        isSet = book.set(all, among: occupants)
        #expect(isSet)
        #expect(book.scope(occupants) == .all && book.answer(to: occupants[4]) == .yes)
        let changes: [(inout ServiceInfo) -> Void] = [
            { $0.purposes = [.record, .publish] }, { $0.purposes = [] }, { $0.role = .captions },
            { $0.ownerKey = Person.anna.key }, { $0.place = .server },
        ]
        for change in changes {
            var info = recording
            change(&info)
            let chain = serviceChain(.recorder, info.role)
            let other = Array(occupants.dropLast()) + [Occupant(4, leaf(.recorder, chain, service: info))]
            #expect(book.scope(other) == [])
            #expect(book.unasked(other).map(\.index) == [4] && book.answer(to: other[4]) == .unasked)
        }
        #expect(book.scope(Array(occupants.prefix(4))) == .all)
    }

    @Test("a book holds so many answers, forgets services that went, and none that are here")
    func fullBook() {
        let occupants = Scene().occupants
        var book = ConsentBook()
        func consent(_ key: [UInt8]) -> SavedConsent {
            SavedConsent(service: key, info: recording, scope: .all, textHash: counting(from: 0, 32))
        }
        let keys = (1..<ConsentBook.countMax).map { counting(from: 0, 31) + [UInt8($0)] }
        for key in [Person.recorder.key] + keys {
            let isSet = book.set(consent(key), among: occupants)
            #expect(isSet)
        }
        #expect(book.saved.count == ConsentBook.countMax && book.answer(to: occupants[4]) == .yes)
        let isSet = book.set(consent(Person.stranger.key), among: occupants)
        #expect(isSet && book.saved.count == 2 && book.answer(to: occupants[4]) == .yes)
    }

    @Test("a beacon of a leader or of a successor proves, a recorder's does not")
    func proofSet() {
        var scene = Scene()
        scene.describe { $0.successors = [Person.anna.key, Person.host.key] }
        let standings = Standings(scene.policy, scene.occupants, native)
        #expect(standings.proofSet == [0, 1, 2])
        #expect(ProofClock.interval(isTrusted: true, members: 500) == 5_000)
        #expect(ProofClock.interval(isTrusted: false, members: 25) == 5_000)
        #expect(ProofClock.interval(isTrusted: false, members: 100) == 20_000)
    }

    @Test("the nearest leaf is the one that meets the leaver lowest in the tree")
    func nearest() {
        #expect(NearestLeaf.order(to: 5, among: [0, 1, 3, 4, 5, 6, 7, 9]) == [4, 6, 7, 0, 1, 3, 9])
        #expect(NearestLeaf.order(to: 0, among: [8, 2, 1]) == [1, 2, 8])
        #expect(NearestLeaf.order(to: 0, among: []) == [])
    }
}
