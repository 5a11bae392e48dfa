internal import ArgumentParser
internal import FoundationEssentials

/// Whose certificate is good enough, beside those the system trusts.
struct TrustOptions: ParsableArguments {
    @Option(help: "A PEM file with certificates to trust as well, for a server whose own nobody else signed.")
    var trust: String?

    func apply(to address: inout ServerAddress) throws {
        guard let file = self.trust else { return }
        guard FileManager.default.isReadableFile(atPath: file) else { throw PeerFailure.unreadable(file) }
        address.trustedCertificates = file
    }
}
