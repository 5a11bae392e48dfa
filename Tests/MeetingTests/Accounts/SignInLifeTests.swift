import Meeting
import Testing

@Suite("How long somebody stays signed in")
struct SignInLifeTests {
    private static let start = WallTime(seconds: 1_800_000_000)

    private static func life(used seconds: Int = 0) -> SignInLife {
        SignInLife(made: Self.start, used: Self.start + .seconds(seconds), confirmed: Self.start)
    }

    private static func after(_ seconds: Int) -> WallTime { Self.start + .seconds(seconds) }

    @Test("twelve hours unused, or thirty days in all")
    func over() {
        #expect(!Self.life().isOver(now: Self.after(12 * 3_600 - 1)))
        #expect(Self.life().isOver(now: Self.after(12 * 3_600)))
        let month = 30 * 86_400
        #expect(!Self.life(used: month - 60).isOver(now: Self.after(month - 1)))
        #expect(Self.life(used: month - 60).isOver(now: Self.after(month)))
    }

    @Test("a password given again counts for five minutes")
    func confirmed() {
        #expect(Self.life().isConfirmed(now: Self.after(299)))
        #expect(!Self.life().isConfirmed(now: Self.after(300)))
    }

    @Test("use is written down every five minutes")
    func note() {
        #expect(!Self.life().wantsNote(now: Self.after(299)))
        #expect(Self.life().wantsNote(now: Self.after(300)))
    }

    @Test("a clock that was set back ends nothing and lets nothing live longer than its day")
    func clock() {
        #expect(!Self.life(used: 600).isOver(now: Self.after(-3_600)))
        #expect(WallTime(seconds: .max) + .seconds(1) == WallTime(seconds: .max))
    }

    @Test("a link waits as long as its kind says")
    func links() {
        #expect(
            LinkKind.allCases.map(\.lifetime) == [
                .seconds(86_400), .seconds(604_800), .seconds(3_600), .seconds(3_600),
            ])
        #expect(Set(LinkKind.allCases.map(\.page)).count == 3)
    }
}
