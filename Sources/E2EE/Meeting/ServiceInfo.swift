package import Wire

/// Where a service runs (`e2ee.md` 4.1).
package enum ServicePlace: UInt8, Sendable {
    /// On a participant's device.
    case participant = 1
    /// At the operator of this server, who can then hear the meeting.
    case server = 2
    /// Somewhere else.
    case elsewhere = 3
}

/// What a service is for (`e2ee.md` 10).
package struct Purposes: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let record = Purposes(rawValue: 1)
    package static let publish = Purposes(rawValue: 2)
    package static let liveStream = Purposes(rawValue: 4)
    package static let transcribe = Purposes(rawValue: 8)
    package static let translate = Purposes(rawValue: 16)
    package static let telephone = Purposes(rawValue: 32)
    package static let storeSpeechText = Purposes(rawValue: 64)

    /// Everything that can be said to people in words they know. To more than that nobody here says yes.
    package static let known = Purposes(rawValue: 0x7F)
}

/// What a leaf that is a machine says about itself (`e2ee.md` 4.1).
package struct ServiceInfo: TLSStruct, Equatable, Sendable {
    package var role: Role
    /// Signature key of the leaf it works for.
    package var ownerKey: [UInt8]
    package var purposes: Purposes
    package var place: ServicePlace

    /// From its fields.
    package init(role: Role, ownerKey: [UInt8], purposes: Purposes, place: ServicePlace) {
        self.role = role
        self.ownerKey = ownerKey
        self.purposes = purposes
        self.place = place
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.role = try reader.choice()
        guard self.role.isService else { throw .illegalValue }
        self.ownerKey = try reader.key()
        self.purposes = Purposes(rawValue: try reader.u16())
        self.place = try reader.choice()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u8(self.role.rawValue)
        writer.append(self.ownerKey)
        writer.u16(self.purposes.rawValue)
        writer.u8(self.place.rawValue)
    }
}
