/// The boolean entropy encoder of VP8 (RFC 6386 §7): writes bits whose probability of being 0 is known as n/256.
struct BooleanEncoder {
    private(set) var bytes: [UInt8] = []
    private var range: UInt32 = 255
    private var bottom: UInt32 = 0
    private var bitCount = 24

    /// One bit; `probability` is that of 0, from 1 to 255.
    mutating func write(_ bit: Bool, _ probability: UInt8) {
        let split = 1 + ((self.range - 1) * UInt32(probability)) >> 8
        if bit {
            self.bottom &+= split
            self.range -= split
        } else {
            self.range = split
        }
        while self.range < 128 {
            self.range <<= 1
            if self.bottom & 1 << 31 != 0 { self.carry() }
            self.bottom <<= 1
            self.bitCount -= 1
            if self.bitCount == 0 {
                self.bytes.append(UInt8(self.bottom >> 24))
                self.bottom &= 1 << 24 - 1
                self.bitCount = 8
            }
        }
    }

    /// `count` bits of a number, the highest first, each as likely 0 as 1.
    mutating func write(_ value: Int, bits count: Int) {
        for bit in (0..<count).reversed() { self.write(value >> bit & 1 == 1, 128) }
    }

    /// Flushes what is held back. Two more bytes of zeros than a decoder needs do no harm.
    consuming func finish() -> [UInt8] {
        for _ in 0..<32 { self.write(false, 128) }
        return self.bytes
    }

    /// A carry runs back through bytes that are already out.
    private mutating func carry() {
        var index = self.bytes.count - 1
        while index >= 0, self.bytes[index] == 255 {
            self.bytes[index] = 0
            index -= 1
        }
        if index >= 0 { self.bytes[index] += 1 }
    }
}
