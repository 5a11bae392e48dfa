import BeraadTesting
import Server
import Testing

@Suite("Memory that is not written down")
struct MemoryGuardTests {
    @Test("no dump is made of a program that closed its memory")
    func closed() {
        #expect(MemoryGuard.close())
        #expect(MemoryGuard.isClosed)
    }

    @Test("swap on a disk is seen, and in compressed memory it is none")
    func swaps() {
        let head = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
        #expect(!MemoryGuard.mayReachDisk(swaps: ""))
        #expect(!MemoryGuard.mayReachDisk(swaps: head))
        #expect(!MemoryGuard.mayReachDisk(swaps: head + "/dev/zram0 partition 4194300 0 100\n"))
        #expect(MemoryGuard.mayReachDisk(swaps: head + "/dev/sda2 partition 4194300 0 -2\n"))
        #expect(MemoryGuard.mayReachDisk(swaps: head + "/dev/zram0 partition 4 0 100\n/swapfile file 4 0 -2\n"))
    }
}
