import Crypto
import Edge
import Foundation

/// A certificate that nobody signed but its own key, made anew (RFC 5280 §4.1, written as DER).
struct TestCertificate {
    let certificate: String
    let key: String

    /// For a name, or for 127.0.0.1.
    init(name: String? = nil) throws {
        let key = P256.Signing.PrivateKey()
        let algorithm = Self.sequence([0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02])
        let subject = Self.sequence(
            Self.field(0x31, Self.sequence([0x06, 0x03, 0x55, 0x04, 0x03] + Self.field(0x0C, Array("beraad".utf8)))))
        let dates = Self.sequence(
            Self.field(0x17, Array("200101000000Z".utf8)) + Self.field(0x17, Array("491231235959Z".utf8)))
        let alternative = name.map { Self.field(0x82, Array($0.utf8)) } ?? Self.field(0x87, [127, 0, 0, 1])
        let names = Self.sequence([0x06, 0x03, 0x55, 0x1D, 0x11] + Self.field(0x04, Self.sequence(alternative)))
        let authority = Self.sequence(
            [0x06, 0x03, 0x55, 0x1D, 0x13] + Self.field(0x04, Self.sequence([0x01, 0x01, 0xFF])))
        let parts: [[UInt8]] = [
            Self.field(0xA0, [0x02, 0x01, 0x02]), [0x02, 0x01, 0x01], algorithm, subject, dates, subject,
            Array(key.publicKey.derRepresentation), Self.field(0xA3, Self.sequence(names + authority)),
        ]
        let content = Self.sequence(parts.flatMap { $0 })
        let signature = Array(try key.signature(for: content).derRepresentation)
        let whole = Self.sequence(content + algorithm + Self.field(0x03, [0] + signature))
        let text = Data(whole).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        self.certificate = "-----BEGIN CERTIFICATE-----\n\(text)\n-----END CERTIFICATE-----\n"
        self.key = key.pemRepresentation
    }

    /// For a server, and as a file to trust while `body` runs.
    func inFiles<Outcome>(_ body: (ServerCertificate, _ path: String) throws -> Outcome) throws -> Outcome {
        try TestBundle.inFolder { folder in
            let (certificate, key) = (folder.appending(path: "certificate.pem"), folder.appending(path: "key.pem"))
            try Data(self.certificate.utf8).write(to: certificate)
            try Data(self.key.utf8).write(to: key)
            return try body(ServerCertificate(certificate: certificate.path, key: key.path), certificate.path)
        }
    }

    private static func sequence(_ content: [UInt8]) -> [UInt8] { Self.field(0x30, content) }

    private static func field(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        if count < 128 { return [tag, UInt8(count)] + content }
        if count < 256 { return [tag, 0x81, UInt8(count)] + content }
        return [tag, 0x82, UInt8(count >> 8), UInt8(count & 0xFF)] + content
    }
}
