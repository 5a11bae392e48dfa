package import HTTPTypes

/// The headers of every answer, pages, scripts and API alike: a worker takes its policy from its own response. The values
/// are `client.md` 1's, tried in both browsers; none of them depends on the visitor.
package struct SecurityHeaders: Sendable {
    /// What every answer carries.
    package let fields: HTTPFields

    /// `importMapHash` admits the one inline script there is.
    package init(importMapHash: String, transport: Transport) {
        let policy = [
            "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval' '\(importMapHash)'", "style-src 'self'",
            "font-src 'self'", "img-src 'self' blob:", "media-src 'self' blob:", "connect-src 'self'",
            "worker-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'none'",
            "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types beraad",
        ]
        var fields: HTTPFields = [
            .contentSecurityPolicy: policy.joined(separator: "; "),
            .integrityPolicy: "blocked-destinations=(script)",
            .crossOriginOpenerPolicy: "same-origin",
            .crossOriginEmbedderPolicy: "require-corp",
            .crossOriginResourcePolicy: "same-origin",
            .permissionsPolicy: Self.permissions.joined(separator: ", "),
            .referrerPolicy: "no-referrer",
            .xContentTypeOptions: "nosniff",
        ]
        switch transport {
        case .plain: break
        case .tls: fields[.strictTransportSecurity] = "max-age=31536000"
        }
        self.fields = fields
    }

    private static let permissions = [
        "camera=(self)", "microphone=(self)", "display-capture=(self)", "speaker-selection=(self)", "autoplay=(self)",
        "fullscreen=(self)", "picture-in-picture=(self)", "screen-wake-lock=(self)", "clipboard-write=(self)",
        "publickey-credentials-get=(self)", "publickey-credentials-create=(self)", "geolocation=()", "payment=()",
        "usb=()", "serial=()", "hid=()", "midi=()", "browsing-topics=()",
    ]
}

/// How browsers reach this server.
package enum Transport: Sendable {
    /// On this machine, or behind a proxy that adds TLS.
    case plain
    /// With a certificate of our own.
    case tls
}

extension HTTPField.Name {
    static let integrityPolicy = Self.known("Integrity-Policy")
    static let crossOriginOpenerPolicy = Self.known("Cross-Origin-Opener-Policy")
    static let crossOriginEmbedderPolicy = Self.known("Cross-Origin-Embedder-Policy")
    static let crossOriginResourcePolicy = Self.known("Cross-Origin-Resource-Policy")
    static let permissionsPolicy = Self.known("Permissions-Policy")
    static let referrerPolicy = Self.known("Referrer-Policy")

    private static func known(_ name: String) -> Self {
        guard let name = Self(name) else { preconditionFailure("these names are tokens of RFC 9110") }
        return name
    }
}
