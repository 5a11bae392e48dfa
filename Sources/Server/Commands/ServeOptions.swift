internal import ArgumentParser
internal import Edge
internal import Foundation
internal import Signalling

/// The settings that `serve` and `doctor` share.
struct ServeOptions: ParsableArguments {
    @Option(help: "Web port; 0 takes any free one.")
    var port = 8080

    @Option(help: "Address to listen on. Others than this machine need a certificate, or a proxy that has one.")
    var host = "127.0.0.1"

    @Option(help: "The one folder with everything the server keeps.", completion: .directory)
    var data = "./data"

    @Option(
        help: "Addresses at which browsers reach the media port, with commas (default: 127.0.0.1 and the first other).")
    var announce: String?

    @Option(
        help: "Addresses the media port listens on, with commas (default: the announced ones, or all behind a router).")
    var bind: String?

    @Option(help: "Media port (UDP and TCP); 0 takes any free one.")
    var mediaPort = 7700

    @Option(help: "Certificate chain in PEM; browsers outside this machine only get a camera over https.")
    var certificate: String?

    @Option(help: "Its key in PEM.")
    var key: String?

    @Option(
        help: ArgumentHelp(
            "A proxy before this server, as an address or with a prefix length; it must write X-Forwarded-For or Forwarded. Give it once for each.",
            valueName: "address/prefix"))
    var trustedProxy: [String] = []

    @Option(
        help: ArgumentHelp(
            "Where people reach this server; passkeys are made for this name, so nothing else may be served under it. Without it they work on this machine only.",
            valueName: "https://name"))
    var address: String?

    @Option(
        help:
            "Who may make meetings: anyone (on this machine, and hosts who are signed in), or accounts (only those hosts)."
    )
    var create = Creators.anyone

    @Option(
        help: ArgumentHelp(
            "Safety measures that every planned meeting needs, with commas: waiting-room, passcode, lock, recording-off, invited-only. Who plans one that surely lacks any of them is refused, and pages send no invitation to it.",
            valueName: "measures"))
    var require: String?

    @Option(help: "The browser client (default: the folder Web beside this program's package).", completion: .directory)
    var web: String?

    func validate() throws {
        for port in [self.port, self.mediaPort] where !(0...65_535).contains(port) {
            throw ValidationError("\(port) is no port from 0 to 65535")
        }
        guard (self.certificate == nil) == (self.key == nil) else {
            throw ValidationError("--certificate and --key come together")
        }
        guard self.address == nil || self.publicAddress != nil else {
            throw ValidationError("--address takes https://, a name and perhaps a port")
        }
        guard self.require == nil || self.requiredMeasures != nil else {
            let words = SafetyMeasure.allCases.map(\.option).joined(separator: ", ")
            throw ValidationError("--require takes some of \(words), with commas")
        }
        guard TrustedProxies(self.trustedProxy) != nil else {
            throw ValidationError("--trusted-proxy takes an address, or one with a prefix such as 10.1.0.0/16")
        }
    }
}

extension Creators: ExpressibleByArgument {}

extension ServeOptions {
    var announced: [String] {
        Self.list(self.announce) ?? OwnAddresses.announced()
    }

    /// Announced addresses that this machine does not have are a router's: then every address is listened on.
    var bound: [String] {
        if let bind = Self.list(self.bind) { return bind }
        let own = Set(OwnAddresses.all())
        guard !self.announced.allSatisfy(own.contains) else { return self.announced }
        return self.announced.contains { $0.contains(":") } ? ["0.0.0.0", "::"] : ["0.0.0.0"]
    }

    /// Read once already, when the options were checked.
    var proxies: TrustedProxies { TrustedProxies(self.trustedProxy) ?? .none }

    /// Read once already, when the options were checked.
    var publicAddress: PublicAddress? { self.address.flatMap { PublicAddress($0) } }

    /// Read once already, when the options were checked.
    var requiredMeasures: RequiredMeasures? { self.require.flatMap { RequiredMeasures($0) } }

    private static func list(_ text: String?) -> [String]? {
        text.map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    }

    func site() throws -> Site {
        try WebFolder(named: self.web, option: "--web").site()
    }

    func serverCertificate() throws -> ServerCertificate? {
        guard let certificate = self.certificate, let key = self.key else { return nil }
        do throws(ServerCertificate.Failure) {
            return try ServerCertificate(certificate: certificate, key: key)
        } catch {
            switch error {
            case .certificate: throw Refusal("\(certificate) is not a readable PEM certificate; check --certificate.")
            case .key: throw Refusal("\(key) is not a readable PEM key; check --key.")
            case .mismatch: throw Refusal("\(key) is not the key of \(certificate); check --certificate and --key.")
            }
        }
    }

    /// The folder exists and can be written, or is made.
    func dataFolder() throws -> URL {
        let folder = URL(filePath: self.data, directoryHint: .isDirectory)
        let probe = folder.appending(path: ".beraad-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data().write(to: probe)
            try FileManager.default.removeItem(at: probe)
            return folder
        } catch {
            throw Refusal("the data directory \(self.data) cannot be written; choose another with --data.")
        }
    }
}
