package import Wire

/// What a host gives a recorder, stream, captioner or gateway beside the link (`e2ee.md` 10): what it is to be, and the
/// certificate of the key that comes with it. 215 bytes.
package struct ServiceJob: TLSStruct, Equatable, Sendable {
    package var info: ServiceInfo
    /// Of the service's own leaf, by the authority.
    package var certificate: RoleCertificate

    /// From its fields.
    package init(info: ServiceInfo, certificate: RoleCertificate) {
        self.info = info
        self.certificate = certificate
    }

    /// Reads the fields in order. A certificate of something else is no job.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.info = try ServiceInfo(reading: &reader)
        self.certificate = try RoleCertificate(reading: &reader)
        guard self.certificate.kind == .leaf, self.certificate.role == self.info.role else { throw .illegalValue }
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.info.write(to: &writer)
        self.certificate.write(to: &writer)
    }
}
