internal import ArgumentParser
internal import Edge
internal import Foundation

/// Checks an installation and says what to do.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check the installation and say what to do.")

    @OptionGroup var options: ServeOptions

    func run() async throws {
        var failures = 0
        for finding in await self.findings() {
            Program.write("\(finding.outcome.rawValue)  \(finding.text)\n", to: .standardOutput)
            if finding.outcome == .fails { failures += 1 }
        }
        if failures > 0 { throw Refusal("\(failures) of these need attention before the server can run.") }
    }

    private struct Finding {
        enum Outcome: String {
            case fine = "ok   "
            case look = "look "
            case fails = "fails"
        }

        let outcome: Outcome
        let text: String
    }

    private func findings() async -> [Finding] {
        let isFree = await EdgeServer.canListen(host: self.options.host, port: self.options.port)
        return [
            self.check("browser client") { "\(try self.options.site().paths.count) files" },
            self.check("data directory") { try self.options.dataFolder().path(percentEncoded: false) },
            self.check("certificate") {
                try self.options.serverCertificate() == nil
                    ? "none: http, so cameras work on this machine only" : "fits its key"
            },
            self.check("web port") { try self.port(isFree) },
            self.clock(), self.addresses(), self.proxies(), self.swap(),
        ]
    }

    private func check(_ subject: String, _ test: () throws -> String) -> Finding {
        do {
            return Finding(outcome: .fine, text: "\(subject): \(try test())")
        } catch let refusal as Refusal {
            return Finding(outcome: .fails, text: "\(subject): \(refusal.sentence)")
        } catch {
            return Finding(outcome: .fails, text: "\(subject): could not be checked.")
        }
    }

    private func port(_ isFree: Bool) throws -> String {
        guard isFree else {
            throw Refusal("port \(self.options.port) is in use; stop that program or choose another with --port.")
        }
        return "\(self.options.port) is free"
    }

    /// A wrong clock breaks certificates; this release is not older than its own making.
    private func clock() -> Finding {
        let release = Date(timeIntervalSince1970: 1_780_000_000)
        return Date.now > release
            ? Finding(outcome: .fine, text: "clock: \(Date.now.formatted(.iso8601))")
            : Finding(outcome: .fails, text: "clock: it is in the past; set it (timedatectl set-ntp true).")
    }

    /// What is swapped out stays on the disk, keys of accounts as well.
    private func swap() -> Finding {
        guard let swaps = try? String(contentsOfFile: "/proc/swaps", encoding: .utf8) else {
            return Finding(outcome: .look, text: "swap: it cannot be seen whether memory is written to a disk.")
        }
        return MemoryGuard.mayReachDisk(swaps: swaps)
            ? Finding(outcome: .look, text: "swap: memory may be written to a disk; turn it off, or encrypt it.")
            : Finding(outcome: .fine, text: "swap: none on a disk")
    }

    private func addresses() -> Finding {
        let announced = self.options.announced
        let text = "media addresses: \(announced.joined(separator: ", "))"
        return announced.allSatisfy { $0.hasPrefix("127.") }
            ? Finding(outcome: .look, text: text + "; only this machine reaches them. Name others with --announce.")
            : Finding(outcome: .fine, text: text)
    }

    /// Behind a proxy that is not named everybody comes from one place: from this machine, where nothing is limited and
    /// nobody can be kept out, or from the proxy's, where all share one limit.
    private func proxies() -> Finding {
        let named = self.options.trustedProxy
        guard named.isEmpty else {
            return Finding(outcome: .fine, text: "trusted proxies: \(named.joined(separator: ", "))")
        }
        let isAlone = self.options.certificate == nil && ["127.0.0.1", "::1", "localhost"].contains(self.options.host)
        return isAlone
            ? Finding(
                outcome: .look,
                text: "trusted proxies: none. If one stands before this server, name it with --trusted-proxy.")
            : Finding(outcome: .fine, text: "trusted proxies: none")
    }
}
