/// A value that is the body of an HTTP request or answer.
package protocol HTTPBody: Equatable, Sendable {
    /// Its fields, for the reader, the writer and the OpenAPI document.
    static var outline: RecordOutline { get }
    /// Reads a body from bytes nobody vouches for.
    init(decoding bytes: [UInt8]) throws(Malformed)
    /// The body as JSON text.
    var encoded: String { get }
}

protocol RecordBody: HTTPBody {
    static var record: Record<Self> { get }
}

extension RecordBody {
    package static var outline: RecordOutline { Self.record.outline }

    package init(decoding bytes: [UInt8]) throws(Malformed) {
        guard case .object(let members) = try JSON.parse(bytes) else { throw .notJSON }
        self = try Self.record.read(members)
    }

    package var encoded: String { JSON.object(Self.record.write(self)).encoded }
}

extension MeetingCreated: RecordBody {}
extension InviteRegistration: RecordBody {}
extension BlobStanding: RecordBody {}
extension Problem: RecordBody {}
