import BeraadTesting
import Foundation
import SFU
import Testing

@Suite("Memory on the packet path", .serialized)
struct AllocationTests {
    /// Runs in a process of its own, under the counter: see `steadyState`.
    @Test("a worker in steady state allocates nothing (counted)", .enabled(if: MallocCounter.current != nil))
    func counted() throws {
        let counter = try #require(MallocCounter.current)
        let harness = try Harness()
        let speaker = try harness.join(), viewer = try harness.join()
        harness.publish(speaker, 1)
        harness.publish(speaker, 2, mid: "0")
        var sequence: UInt64 = 1_000
        func rounds(_ count: Int) {
            let before = viewer.received.count
            for round in 0..<count {
                sequence += 1
                speaker.send(
                    MediaClient.frame(UInt16(truncatingIfNeeded: sequence), key: sequence == 1_001), sequence: sequence)
                speaker.send([1, 2, 3, 4], stream: 0, sequence: sequence)
                _ = harness.pump(seconds: 1) { viewer.received.count > before + 2 * round - 40 }
            }
            #expect(harness.pump { viewer.received.count == before + 2 * count })
            viewer.forget()
        }
        rounds(300)
        let start = counter.allocations()
        rounds(10)
        let afterTen = counter.allocations()
        rounds(1_000)
        let afterThousand = counter.allocations()
        #expect(afterTen == start)
        #expect(afterThousand == afterTen)
        print("worker allocations: \(start), after 10 rounds \(afterTen), after 1,000 more \(afterThousand)")
    }

    @Test("forwarding allocates nothing: a worker's count is the same after 10 rounds and after 1,000")
    func steadyState() throws {
        guard MallocCounter.current == nil else { return }
        let library = try MallocCounter.build()
        defer { try? FileManager.default.removeItem(at: library.deletingLastPathComponent()) }  // a temporary folder
        let child = try LonelyTest(
            "AllocationTests/counted", environment: ["LD_PRELOAD": library.path], says: "worker allocations: ")
        #expect(child.isProven, "\(child.text.suffix(2_000))")
    }
}

/// Counts every allocation of threads named `beraad-media-…`, from outside: a library of a few lines, built here, that
/// stands before the C library.
struct MallocCounter {
    let allocations: @convention(c) () -> UInt64

    static var current: MallocCounter? {
        guard let symbol = unsafe dlsym(nil, "beraad_allocations") else { return nil }
        // SAFETY: the only library with this symbol is the one below, which defines it with this type.
        return unsafe MallocCounter(allocations: unsafeBitCast(symbol, to: (@convention(c) () -> UInt64).self))
    }

    static func build() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let source = folder.appendingPathComponent("counter.c"), library = folder.appendingPathComponent("counter.so")
        try self.source.write(to: source, atomically: true, encoding: .utf8)
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = ["cc", "-O1", "-shared", "-fPIC", "-o", library.path, source.path]
        try compiler.run()
        compiler.waitUntilExit()
        try #require(compiler.terminationStatus == 0, "a C compiler is needed")
        return library
    }

    private static let source = """
        #define _GNU_SOURCE
        #include <stdatomic.h>
        #include <stddef.h>
        #include <string.h>
        #include <sys/prctl.h>
        void *__libc_malloc(size_t); void *__libc_calloc(size_t, size_t);
        void *__libc_realloc(void *, size_t); void *__libc_memalign(size_t, size_t);
        static atomic_ulong count;
        unsigned long beraad_allocations(void) { return atomic_load(&count); }
        static void note(void) {
            char name[16] = {0};
            prctl(PR_GET_NAME, name);
            if (strncmp(name, "beraad-media", 12) == 0) atomic_fetch_add(&count, 1);
        }
        void *malloc(size_t size) { note(); return __libc_malloc(size); }
        void *calloc(size_t n, size_t size) { note(); return __libc_calloc(n, size); }
        void *realloc(void *old, size_t size) { note(); return __libc_realloc(old, size); }
        void *memalign(size_t to, size_t size) { note(); return __libc_memalign(to, size); }
        void *aligned_alloc(size_t to, size_t size) { note(); return __libc_memalign(to, size); }
        int posix_memalign(void **out, size_t to, size_t size) {
            note(); *out = __libc_memalign(to, size); return *out ? 0 : 12;
        }
        """
}
