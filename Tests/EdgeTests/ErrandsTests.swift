import Server
import Synchronization
import Testing

@Suite("Work that nobody waits for")
struct ErrandsTests {
    @Test("whoever stops waits for it, also for what it asks for itself", .timeLimit(.minutes(1)))
    func settle() async {
        let errands = Errands()
        let (gate, opened) = AsyncStream.makeStream(of: Void.self)
        let done = Mutex(0)
        errands.run {
            for await _ in gate {}
            errands.run { done.withLock { $0 += 1 } }
            done.withLock { $0 += 1 }
        }
        #expect(done.withLock { $0 } == 0)
        opened.finish()
        await errands.settle()
        #expect(done.withLock { $0 } == 2)
    }
}
