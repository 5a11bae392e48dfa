internal import Edge
internal import Foundation

/// The folder with the browser client.
struct WebFolder {
    private let url: URL
    private let option: String

    /// The folder named, else `./Web`, else the one of the package that the program was built in.
    init(named name: String?, option: String) throws {
        self.option = option
        if let name {
            self.url = URL(filePath: name, directoryHint: .isDirectory)
            return
        }
        var folders = [URL(filePath: "Web", directoryHint: .isDirectory)]
        var above = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        for _ in 0..<4 {
            folders.append(above.appending(path: "Web", directoryHint: .isDirectory))
            above = above.deletingLastPathComponent()
        }
        let found = folders.first {
            FileManager.default.fileExists(atPath: $0.appending(path: "index.html").path(percentEncoded: false))
        }
        guard let found else { throw Refusal("the browser client was not found; name its folder with \(option).") }
        self.url = found
    }

    /// Reads it.
    func site() throws -> Site {
        do {
            return try Site(folder: self.url)
        } catch Site.Failure.pageWithoutImportMap {
            throw Refusal("\(self.url.path)/index.html has no line <!-- import-map -->; take the one of this release.")
        } catch {
            throw Refusal("the browser client in \(self.url.path) cannot be read; name its folder with \(self.option).")
        }
    }
}
