import Foundation

/// A folder of a test's own; the test removes it.
struct TestFolder {
    let url: URL

    init() throws {
        self.url = FileManager.default.temporaryDirectory
            .appending(path: "beraad-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: self.url, withIntermediateDirectories: true)
    }

    func remove() {
        try? FileManager.default.removeItem(at: self.url)  // a left-over folder harms nobody
    }

    /// Every file below it by its path inside, in order.
    var files: [(path: String, bytes: Data)] {
        get throws { try Self.files(in: self.url) }
    }

    static func files(in folder: URL) throws -> [(path: String, bytes: Data)] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
            .compactMap { path in
                let url = folder.appending(path: path)
                // One that went meanwhile is none; the log's table of contents comes and goes.
                let values = try? url.resourceValues(forKeys: [.isRegularFileKey])
                guard values?.isRegularFile == true, let bytes = try? Data(contentsOf: url) else { return nil }
                return (path, bytes)
            }
    }

    /// Another folder with these files.
    static func with(_ files: [(path: String, bytes: Data)]) throws -> TestFolder {
        let folder = try TestFolder()
        for (path, bytes) in files {
            let url = folder.url.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try bytes.write(to: url)
        }
        return folder
    }
}
