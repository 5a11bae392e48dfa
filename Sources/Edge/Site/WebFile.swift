internal import Crypto
internal import Foundation

/// One file of `Web/`, as it is served.
package struct WebFile: Sendable {
    /// Its path below `Web/`, with slashes.
    package let path: String
    /// Byte for byte as committed.
    package let bytes: [UInt8]
    /// Of the content, never of the visitor.
    package let entityTag: String
    /// For the import map and `fetch(…, {integrity})`.
    package let integrity: String
    /// From the ending of its name.
    package let contentType: String

    init(path: String, bytes: [UInt8], contentType: String) {
        self.path = path
        self.bytes = bytes
        self.contentType = contentType
        self.entityTag = "\"\(SHA256.hash(data: bytes).prefix(16).map(Self.hexadecimal).joined())\""
        self.integrity = "sha384-" + Data(SHA384.hash(data: bytes)).base64EncodedString()
    }

    static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.utf8.count == 2 ? digits : "0" + digits
    }

    /// The kinds of files a browser gets; anything else below `Web/` is for those who work on it.
    static func contentType(of path: String) -> String? {
        guard !path.hasSuffix(".d.ts"), !path.hasSuffix(".test.js"), !path.hasPrefix("tests/"), path != "index.html"
        else { return nil }
        switch path.split(separator: ".").last {
        case "js": return "text/javascript; charset=utf-8"
        case "css": return "text/css; charset=utf-8"
        case "json": return path == "deno.json" ? nil : "application/json; charset=utf-8"
        case "svg": return "image/svg+xml"
        case "png": return "image/png"
        case "wasm": return "application/wasm"
        case "woff2": return "font/woff2"
        case "webmanifest": return "application/manifest+json"
        default: return nil
        }
    }
}
