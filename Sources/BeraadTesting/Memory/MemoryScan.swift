internal import Foundation
internal import Glibc

/// Looks for secrets in all memory of this process that can be written: heap, stacks, globals. It reads where the bytes
/// lie and copies none, so that looking for a secret does not bring another one about.
package struct MemoryScan: Sendable {
    /// A place where bytes of a secret were found.
    package struct Find: Sendable {
        /// Its place in the list that was looked for.
        package let secret: Int
        /// The first of the eight bytes found, in the secret.
        package let offset: Int
        /// What the system calls the part of memory.
        package let region: String
        /// Where.
        package let address: UInt
    }

    /// Any eight bytes of a secret are looked for, from every second group of four on: a secret of which the first half was
    /// overwritten is one still.
    private static let stride = 4

    private var windows: [UInt64: (secret: Int, offset: Int)] = [:]
    /// A bit for each window's hash: most of memory is passed by without a look into the dictionary.
    private var filter = [UInt64](repeating: 0, count: 1 << 14)

    /// For secrets that are masked.
    package init(masked secrets: [[UInt8]]) {
        for (secret, masked) in secrets.enumerated() where masked.count >= 8 {
            for offset in Swift.stride(from: 0, through: masked.count - 8, by: Self.stride) {
                var window: UInt64 = 0
                // The mask has a period of eight, so it is turned to where the window begins.
                for index in (0..<8).reversed() {
                    window =
                        window << 8
                        | UInt64(masked[offset + index] ^ Mask.byte(at: offset + index) ^ Mask.byte(at: index))
                }
                self.windows[window] = (secret, offset)
                let hash = Self.hash(window)
                self.filter[hash / 64] |= 1 << UInt64(hash % 64)
            }
        }
    }

    private static func hash(_ window: UInt64) -> Int {
        Int(truncatingIfNeeded: (window &* 0x9E37_79B9_7F4A_7C15) >> 44)
    }

    /// Every place where one of them is, up to a few thousand.
    package func finds(atMost limit: Int = 4_096) -> [Find] {
        var finds: [Find] = []
        finds.reserveCapacity(limit)
        for region in Self.regions() { self.look(into: region, &finds, limit) }
        return finds
    }

    private func look(into region: Region, _ finds: inout [Find], _ limit: Int) {
        guard let start = unsafe UnsafeRawPointer(bitPattern: region.start) else { return }
        let count = Int(region.end - region.start) - 8
        guard count >= 0 else { return }
        unsafe self.filter.withUnsafeBufferPointer { filter in
            for at in 0...count {
                // SAFETY: the system says that all of the region may be read, and nothing else runs in this process.
                let window = unsafe start.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ Mask.word
                let hash = Self.hash(window)
                guard unsafe filter[hash / 64] & 1 << UInt64(hash % 64) != 0, finds.count < limit,
                    let found = self.windows[window]
                else { continue }
                finds.append(
                    Find(
                        secret: found.secret, offset: found.offset, region: region.name,
                        address: region.start + UInt(at)))
            }
        }
    }

    private struct Region {
        let start: UInt
        let end: UInt
        let name: String
    }

    /// What may be read and written, by `/proc/self/maps`.
    private static func regions() -> [Region] {
        guard let text = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
            guard fields.count >= 5, fields[1].hasPrefix("rw") else { return nil }
            let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard ends.count == 2 else { return nil }
            let name = fields.count > 5 ? fields[5].drop { $0 == " " } : "anonymous"
            return Region(start: ends[0], end: ends[1], name: String(name))
        }
    }
}
