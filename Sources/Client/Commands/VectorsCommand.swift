internal import ArgumentParser
internal import FoundationEssentials

/// `beraad-peer vectors FILE...`
struct VectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors", abstract: "Run official test vector files through the engine.")

    @Argument(help: "Vector files (JSON): SFrame, or the group protocol (MLS); each is recognised by its shape.")
    var files: [String]

    func run() throws {
        var tally = VectorTally()
        for file in self.files {
            guard let contents = try? Data(contentsOf: URL(filePath: file)) else {
                throw PeerFailure.unreadable(file)
            }
            do {
                tally += try VectorFile.run([UInt8](contents)) { Terminal.say("\(file): \($0)") }
            } catch {
                throw PeerFailure.notVectors(file)
            }
        }
        Terminal.say(tally.summary)
        if tally.failed > 0 { throw ExitCode(1) }
    }
}
