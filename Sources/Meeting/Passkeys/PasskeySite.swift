internal import Crypto

/// The site that passkeys are for, as a browser names it.
package struct PasskeySite: Equatable, Sendable {
    /// The relying party's id: the host, without a port.
    package let rp: String
    /// What a page of it has as its origin.
    package let origins: [String]

    /// A site.
    package init(rp: String, origins: [String]) {
        self.rp = rp
        self.origins = origins
    }

    var rpHash: [UInt8] { Array(SHA256.hash(data: Array(self.rp.utf8))) }
}
