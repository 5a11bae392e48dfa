internal import ArgumentParser
internal import FoundationEssentials

/// `beraad-peer pattern FILE.ivf`: the built-in picture as a file, to look at or to compare with.
struct PatternCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pattern", abstract: "Write the built-in test picture to a file.")

    @Argument(help: "The IVF file to write.")
    var file: String

    @Option(help: "Whose picture: the colour follows from the name.")
    var name = "peer"

    @Option(help: "How many frames.")
    var frames = 60

    func run() throws {
        var source = PatternSource(name: self.name)
        var writer = IVFWriter(width: UInt16(PatternSource.width), height: UInt16(PatternSource.height))
        var time: UInt64 = 0
        for _ in 0..<max(0, self.frames) {
            let frame = source.next()
            writer.append(frame.bytes, time: time)
            time += UInt64(frame.duration)
        }
        do {
            try Data(writer.bytes).write(to: URL(filePath: self.file))
        } catch {
            throw PeerFailure.unwritable(self.file)
        }
    }
}
