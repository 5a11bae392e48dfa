internal import HTTPTypes
internal import Privacy
internal import Signalling

/// The one cookie there is (`privacy.md` 11.1). It goes with the browser, no script reads it, and no other site's page has
/// it sent. Its name's prefix has browsers take it only with `Secure` and for this host alone; Chromium and Firefox take
/// that for `http://localhost` too, so there is no second name for a machine without a certificate (decision 0012).
enum SessionCookie {
    private static let attributes = "Path=/; Secure; HttpOnly; SameSite=Strict"

    /// What a request carries; nil for none, for two, and for what is no token.
    static func token(in headers: HTTPFields) -> SessionToken? {
        let cookies = headers[values: .cookie].flatMap { $0.split(separator: ";") }.compactMap { cookie -> Substring? in
            let pair = cookie.drop { $0 == " " }
            let prefix = "\(CookieName.session.rawValue)="
            return pair.hasPrefix(prefix) ? pair.dropFirst(prefix.count) : nil
        }
        guard let value = cookies.first, cookies.count == 1 else { return nil }
        return SessionToken(String(value))
    }

    /// Signs a browser in.
    static func set(_ token: SessionToken) -> String {
        "\(CookieName.session.rawValue)=\(token.text); \(Self.attributes)"
    }

    /// Signs it out.
    static let clear = "\(CookieName.session.rawValue)=; \(Self.attributes); Max-Age=0"
}
