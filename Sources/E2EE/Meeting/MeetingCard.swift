package import Wire

/// Title and host of a meeting, readable with the link alone (`e2ee.md` 3.2). Texts are UTF-8; who shows them strips bidi
/// controls.
package struct MeetingCard: TLSStruct, Equatable, Sendable {
    package var title: [UInt8]
    package var hostName: [UInt8]
    package var agenda: [UInt8]
    package var language: [UInt8]
    package var start: UInt64
    package var minutes: UInt32

    /// A card is padded to a multiple of this, so that its length tells little.
    static var step: Int { 512 }
    /// Padded, a card is never longer.
    static var byteCountMax: Int { 16 * 1_024 }

    /// From its fields.
    package init(
        title: [UInt8], hostName: [UInt8], agenda: [UInt8], language: [UInt8], start: UInt64, minutes: UInt32
    ) {
        self.title = title
        self.hostName = hostName
        self.agenda = agenda
        self.language = language
        self.start = start
        self.minutes = minutes
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.title = try reader.opaque(max: 512)
        self.hostName = try reader.opaque(max: 255)
        self.agenda = try reader.opaque(max: 8_192)
        self.language = try reader.opaque(max: 35)
        self.start = try reader.u64()
        self.minutes = try reader.u32()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.title)
        writer.vector(self.hostName)
        writer.vector(self.agenda)
        writer.vector(self.language)
        writer.u64(self.start)
        writer.u32(self.minutes)
    }

    /// The card with its zeros.
    var padded: [UInt8] {
        let bytes = self.encoded
        return bytes + [UInt8](repeating: 0, count: (Self.step - bytes.count % Self.step) % Self.step)
    }

    /// Reads a card and its zeros, no more of them than needed.
    init(padded bytes: [UInt8]) throws(E2EEError) {
        do throws(WireError) {
            var reader = ByteReader(bytes.rawSpan)
            self = try Self(reading: &reader)
        } catch {
            throw E2EEError(.codec, .malformed)
        }
        guard self.padded == bytes else { throw E2EEError(.codec, .malformed) }
    }
}
