internal import Wire

extension ByteReader {
    /// All that is left, as an array.
    @_lifetime(self: copy self)
    mutating func remainder() -> [UInt8] {
        var writer = ByteWriter(capacity: self.remaining)
        writer.append(self.rest())
        return writer.bytes
    }

    /// `uint8` that is 0 or 1.
    @_lifetime(self: copy self)
    mutating func flag() throws(WireError) -> Bool {
        switch try self.u8() {
        case 0: false
        case 1: true
        default: throw .illegalValue
        }
    }
}
