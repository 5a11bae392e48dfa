import Wire

/// Writes the STUN messages ICE sends, each with MESSAGE-INTEGRITY and FINGERPRINT. Every function answers the bytes
/// written, 0 when the buffer is too small. `key` is an ICE password.
package enum STUNWriter {
    /// A Binding request of a client: username is `remote fragment:local fragment` (RFC 8445 §7.2.2).
    package struct Request: Sendable {
        /// The two fragments with the colon.
        package var username: [UInt8]
        /// Priority of the candidate a peer would learn from this check.
        package var priority: UInt32
        /// The side's role with its tie breaker.
        package var role: Role
        /// Nominate the pair.
        package var useCandidate: Bool

        /// A request of these parts.
        package init(username: [UInt8], priority: UInt32, role: Role, useCandidate: Bool) {
            self.username = username
            self.priority = priority
            self.role = role
            self.useCandidate = useCandidate
        }
    }

    /// Which role attribute goes into a request.
    package enum Role: Sendable, Equatable {
        case controlling(tieBreaker: UInt64)
        case controlled(tieBreaker: UInt64)
    }

    /// Writes a Binding request.
    @_lifetime(out: copy out)
    package static func request(
        _ request: Request, transaction: STUNTransactionID, key: RawSpan, into out: inout MutableRawSpan
    ) -> Int {
        var writer = Self.begin(.request, transaction, into: &out)
        Self.attribute(.username, UInt16(truncatingIfNeeded: request.username.count), &writer, &out)
        writer.copy(request.username.rawSpan, into: &out)
        Self.pad(&writer, &out)
        Self.attribute(.priority, 4, &writer, &out)
        writer.u32(request.priority, into: &out)
        switch request.role {
        case .controlling(let tieBreaker):
            Self.attribute(.iceControlling, 8, &writer, &out)
            writer.u64(tieBreaker, into: &out)
        case .controlled(let tieBreaker):
            Self.attribute(.iceControlled, 8, &writer, &out)
            writer.u64(tieBreaker, into: &out)
        }
        if request.useCandidate { Self.attribute(.useCandidate, 0, &writer, &out) }
        return Self.end(&writer, key: key, into: &out)
    }

    /// Writes the answer to a request that came from `mapped`.
    @_lifetime(out: copy out)
    package static func success(
        mapped: STUNAddress, transaction: STUNTransactionID, key: RawSpan, into out: inout MutableRawSpan
    ) -> Int {
        var writer = Self.begin(.success, transaction, into: &out)
        Self.attribute(.xorMappedAddress, mapped.byteCount, &writer, &out)
        mapped.write(&writer, transaction: transaction, into: &out)
        return Self.end(&writer, key: key, into: &out)
    }

    /// Writes error 487, role conflict (RFC 8445 §7.3.1.1).
    @_lifetime(out: copy out)
    package static func roleConflict(
        transaction: STUNTransactionID, key: RawSpan, into out: inout MutableRawSpan
    ) -> Int {
        var writer = Self.begin(.error, transaction, into: &out)
        Self.errorCode(487, &writer, &out)
        return Self.end(&writer, key: key, into: &out)
    }

    /// Writes error 420 with the attributes of `request` that were not understood (RFC 8489 §6.3.1).
    @_lifetime(out: copy out)
    package static func unknownAttributes(
        of request: STUNMessage, key: RawSpan, into out: inout MutableRawSpan
    ) -> Int {
        var writer = Self.begin(.error, request.transaction, into: &out)
        Self.errorCode(420, &writer, &out)
        let count = min(request.unknownCount, STUNMessage.unknownMax)
        Self.attribute(.unknownAttributes, UInt16(count * 2), &writer, &out)
        for index in 0..<count { writer.u16(request.unknownAttribute(index) ?? 0, into: &out) }
        Self.pad(&writer, &out)
        return Self.end(&writer, key: key, into: &out)
    }

    /// Writes a Binding indication, the keepalive that wants no answer.
    @_lifetime(out: copy out)
    package static func indication(
        transaction: STUNTransactionID, key: RawSpan, into out: inout MutableRawSpan
    ) -> Int {
        var writer = Self.begin(.indication, transaction, into: &out)
        return Self.end(&writer, key: key, into: &out)
    }

    @_lifetime(out: copy out)
    private static func begin(
        _ messageClass: STUNMessage.Class, _ transaction: STUNTransactionID, into out: inout MutableRawSpan
    ) -> SpanWriter {
        var writer = SpanWriter()
        let bits = UInt16(messageClass.rawValue)
        writer.u16(STUNMessage.binding | (bits & 0b10) << 7 | (bits & 0b01) << 4, into: &out)
        writer.u16(0, into: &out)
        writer.u32(STUNMessage.magicCookie, into: &out)
        writer.u32(transaction.high, into: &out)
        writer.u64(transaction.low, into: &out)
        return writer
    }

    @_lifetime(out: copy out)
    private static func attribute(
        _ type: STUNMessage.Attribute, _ length: UInt16, _ writer: inout SpanWriter, _ out: inout MutableRawSpan
    ) {
        writer.u16(type.rawValue, into: &out)
        writer.u16(length, into: &out)
    }

    /// An error without a phrase: no program reads one.
    @_lifetime(out: copy out)
    private static func errorCode(_ code: UInt16, _ writer: inout SpanWriter, _ out: inout MutableRawSpan) {
        Self.attribute(.errorCode, 4, &writer, &out)
        writer.u16(0, into: &out)
        writer.u16((code / 100) << 8 | code % 100, into: &out)
    }

    @_lifetime(out: copy out)
    private static func pad(_ writer: inout SpanWriter, _ out: inout MutableRawSpan) {
        writer.zeros(-writer.offset & 3, into: &out)
    }

    /// The length field stands for the end of the attribute that is being computed, each time (RFC 8489 §14.5, §14.7).
    @_lifetime(out: copy out)
    private static func end(_ writer: inout SpanWriter, key: RawSpan, into out: inout MutableRawSpan) -> Int {
        let body = writer.count
        guard body > 0, body + 24 + 8 <= out.byteCount,
            let tag = STUNIntegrityTag(key: key, message: out.bytes, end: body)
        else { return 0 }
        Self.attribute(.messageIntegrity, 20, &writer, &out)
        writer.u64(tag.first, into: &out)
        writer.u64(tag.second, into: &out)
        writer.u32(tag.third, into: &out)
        out.store(UInt16(truncatingIfNeeded: body + 24 + 8 - 20), at: 2)
        let checksum = CRC32.checksum(out.bytes, count: writer.offset) ^ STUNMessage.fingerprintMask
        Self.attribute(.fingerprint, 4, &writer, &out)
        writer.u32(checksum, into: &out)
        return writer.count
    }
}
