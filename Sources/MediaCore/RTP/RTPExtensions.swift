import Wire

/// One element of a header extension, as a range of the datagram.
package struct RTPExtensionElement: Sendable, Equatable {
    /// Local identifier, 1...14 in one-byte form, 1...255 in two-byte form.
    package var identifier: UInt8
    /// Where its data stands; may be empty in two-byte form.
    package var data: Range<Int>
}

/// Walks over the elements of a header extension (RFC 8285 §4.2, §4.3). Both forms are read everywhere, since a key frame
/// with a dependency descriptor switches to the two-byte form mid-stream.
package struct RTPExtensionReader: Sendable {
    private var offset: Int
    private let end: Int
    private let form: Form

    private enum Form { case oneByte, twoByte }

    /// Starts at the first element of `header`.
    package init(_ header: RTPHeader) {
        self.offset = header.extensionOffset
        self.end = header.extensionOffset + header.extensionLength
        switch header.extensionProfile {
        case 0xBEDE: self.form = .oneByte
        case 0x1000...0x100F: self.form = .twoByte
        default:
            self.form = .oneByte
            self.offset = self.end
        }
    }

    /// The next element; nil at the end, or where the elements stop making sense.
    package mutating func next(_ bytes: RawSpan) -> RTPExtensionElement? {
        while self.offset < self.end, let first = bytes.u8(self.offset) {
            // A zero byte is padding, and may stand between elements.
            if first == 0 {
                self.offset += 1
                continue
            }
            guard let element = self.element(first, bytes), element.data.upperBound <= self.end else { break }
            self.offset = element.data.upperBound
            return element
        }
        self.offset = self.end
        return nil
    }

    private func element(_ first: UInt8, _ bytes: RawSpan) -> RTPExtensionElement? {
        switch self.form {
        case .oneByte:
            // RFC 8285 §4.2: identifier 15 means "stop here"; 0 with a length is not padding and makes no sense.
            guard (1...14).contains(first >> 4) else { return nil }
            let start = self.offset + 1
            return RTPExtensionElement(identifier: first >> 4, data: start..<start + Int(first & 0x0F) + 1)
        case .twoByte:
            guard let length = bytes.u8(self.offset + 1) else { return nil }
            let start = self.offset + 2
            return RTPExtensionElement(identifier: first, data: start..<start + Int(length))
        }
    }
}

/// The elements an endpoint cares about, found in one pass. Ranges are of the datagram.
package struct RTPExtensions: Sendable, Equatable {
    /// MID, 1...16 bytes.
    package private(set) var mid: Range<Int>?
    /// RID, 1...16 bytes.
    package private(set) var rid: Range<Int>?
    /// Repaired RID, 1...16 bytes.
    package private(set) var repairedRID: Range<Int>?
    /// The transport-wide number.
    package private(set) var transportSequence: UInt16?
    /// Dependency descriptor.
    package private(set) var dependencyDescriptor: Range<Int>?

    /// Identifiers longer than this are not ours (the parser's bound of `media.md` 3.2).
    private static let nameMax = 16

    /// Finds the elements that `identifiers` names. An element that comes twice counts once, the first.
    package init(_ header: RTPHeader, _ bytes: RawSpan, identifiers: ExtensionIdentifiers) {
        var reader = RTPExtensionReader(header)
        while let element = reader.next(bytes) {
            let name = (1...Self.nameMax).contains(element.data.count) ? element.data : nil
            switch element.identifier {
            case identifiers.transportCC where element.data.count >= 2:
                self.transportSequence = self.transportSequence ?? bytes.u16(element.data.lowerBound)
            case identifiers.mid: self.mid = self.mid ?? name
            case identifiers.rid: self.rid = self.rid ?? name
            case identifiers.repairedRID: self.repairedRID = self.repairedRID ?? name
            case identifiers.dependencyDescriptor:
                self.dependencyDescriptor = self.dependencyDescriptor ?? element.data
            default: break
            }
        }
    }
}
