internal import Signalling

/// `clientDataJSON`: what the browser, not the page, says of a ceremony (WebAuthn §5.8.1). More members than these may
/// come; they are no matter here.
package struct ClientData: Equatable, Sendable {
    /// Which ceremony it was.
    package enum Ceremony: String, Sendable {
        case creation = "webauthn.create"
        case assertion = "webauthn.get"
    }

    /// Real ones have some two hundred bytes.
    private static let bytesAtMost = 4_096

    /// Which ceremony it was.
    package let ceremony: Ceremony
    /// What was to be signed.
    package let challenge: [UInt8]
    private let origin: String
    private let isCrossOrigin: Bool

    /// Reads what a browser says.
    package init(_ bytes: [UInt8]) throws(PasskeyFailure) {
        guard bytes.count <= Self.bytesAtMost, let json = try? JSON.parse(bytes), case .object(let members) = json,
            case .text(let type)? = members["type"], let ceremony = Ceremony(rawValue: type),
            case .text(let text)? = members["challenge"], let challenge = Base64URL.decode(text),
            case .text(let origin)? = members["origin"]
        else { throw .clientData }
        switch members["crossOrigin"] {
        case nil, .bool(false)?: self.isCrossOrigin = false
        case .bool(true)?: self.isCrossOrigin = true
        default: throw .clientData
        }
        self.ceremony = ceremony
        self.challenge = challenge
        self.origin = origin
    }

    /// Of this ceremony, on a page of this site that stands in no frame of another.
    func check(_ ceremony: Ceremony, at site: PasskeySite) throws(PasskeyFailure) {
        guard self.ceremony == ceremony, !self.isCrossOrigin, site.origins.contains(self.origin) else {
            throw .foreign
        }
    }
}
