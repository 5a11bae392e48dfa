package import Signalling
internal import Wire

extension Identifier {
    /// Whether two secrets are the same, in a time that does not tell where they differ.
    package func matches(_ other: Self) -> Bool {
        let left = Array(self.text.utf8)
        let right = Array(other.text.utf8)
        return equalInConstantTime(left, right)
    }
}

extension Identifier {
    /// A new random id. `generator` is the system's own outside tests.
    package static func random(byteCount: Int, using generator: inout some RandomNumberGenerator) -> Self {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        for _ in 0..<byteCount { bytes.append(UInt8.random(in: .min ... .max, using: &generator)) }
        return Self(bytes: bytes)
    }
}
