extension ByteReader {
    /// Takes a whole MLSMessage that something may follow: lengths are followed to its end, what they enclose is not
    /// looked at. Only forms that such a place holds: PrivateMessage, Welcome and KeyPackage.
    @_lifetime(self: copy self)
    package mutating func mlsMessage() throws(WireError) -> Range<Int> {
        let start = self.offset
        guard try self.u16() == MLSNumbers.version else { throw .illegalValue }
        switch try self.u16() {
        case MLSNumbers.privateMessage:
            _ = try self.vector()  // group_id
            _ = try self.u64()
            _ = try self.u8()
            try self.vectors(3)  // authenticated_data, encrypted_sender_data, ciphertext
        case MLSNumbers.welcome:
            _ = try self.u16()
            try self.vectors(2)  // secrets, encrypted_group_info
        case MLSNumbers.keyPackage: try self.keyPackage()
        default: throw .illegalValue
        }
        return start..<self.offset
    }

    /// KeyPackage (RFC 9420 §10) with its LeafNode (§7.2), whose source is `key_package`.
    @_lifetime(self: copy self)
    private mutating func keyPackage() throws(WireError) {
        _ = try self.u16()
        _ = try self.u16()
        try self.vectors(3)  // init_key, encryption_key, signature_key
        guard 1...2 ~= (try self.u16()) else { throw .illegalValue }
        try self.vectors(6)  // identity or certificates, then five lists of capabilities
        guard try self.u8() == 1 else { throw .illegalValue }
        _ = try self.take(16)  // lifetime
        try self.vectors(4)  // extensions and signature of the leaf, then of the KeyPackage
    }

    @_lifetime(self: copy self)
    private mutating func vectors(_ count: Int) throws(WireError) {
        for _ in 0..<count { _ = try self.vector() }
    }
}
