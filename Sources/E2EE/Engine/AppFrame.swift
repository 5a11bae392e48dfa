package import Wire

/// A PrivateMessage of the application on its way (`e2ee.md` 5, type 08).
package struct AppFrame: TLSStruct, Equatable, Sendable {
    /// How long the server keeps it.
    package enum Class: UInt8, Sendable {
        /// Not at all.
        case fleeting
        /// Until the meeting ends, so that whoever catches up reads it.
        case logged
        /// As ciphertext after the meeting, if the descriptor says so.
        case retained
    }

    /// The MLSMessage.
    package let message: [UInt8]
    /// Leaves it goes to; empty for all.
    package let deliverTo: [UInt32]
    package let keeping: Class

    /// A frame from its fields.
    package init(message: [UInt8], deliverTo: [UInt32] = [], keeping: Class) {
        self.message = message
        self.deliverTo = deliverTo
        self.keeping = keeping
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.message = try MLSMessage(reading: &reader).encoded
        self.deliverTo = try reader.list()
        self.keeping = try reader.choice()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.message)
        writer.list(self.deliverTo)
        writer.u8(self.keeping.rawValue)
    }
}
