import Foundation

/// The files of this repository as git sees them: tracked ones and new ones that are not ignored.
struct Repository {
    /// One text file.
    struct File {
        let path: String
        let text: String

        /// Its lines, numbered from one when reported.
        var lines: [Substring] { self.text.split(separator: "\n", omittingEmptySubsequences: false) }

        /// The numbered lines outside `"""` literals, without what stands behind `//`: the samples in these tests
        /// would otherwise be taken for code. (A `//` inside a one-line string cuts that line short; that is enough.)
        var codeLines: [(number: Int, text: Substring)] {
            var inLiteral = false
            return self.lines.enumerated().compactMap { index, line in
                let wasInLiteral = inLiteral
                if !line.ranges(of: "\"\"\"").count.isMultiple(of: 2) { inLiteral.toggle() }
                guard !wasInLiteral else { return nil }
                return (index + 1, line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line)
            }
        }
    }

    /// The folder that holds `Package.swift`.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    let paths: [String]

    /// Reads the list once; a folder that is no git checkout (a source archive) is walked instead.
    init() throws {
        let list = try Command.output(
            "git", "-C", Self.root.path, "ls-files", "--cached", "--others", "--exclude-standard")
        self.paths = list.split(separator: "\n").map(String.init)
            .filter { FileManager.default.fileExists(atPath: Self.root.appendingPathComponent($0).path) }
        guard !self.paths.isEmpty else { throw Failure.empty }
    }

    /// The text files below one of `folders` with one of the endings; files that are not UTF-8 are pictures and such.
    func files(in folders: [String] = [""], endings: [String] = [""]) -> [File] {
        self.paths
            .filter { path in folders.contains { path.hasPrefix($0) } && endings.contains { path.hasSuffix($0) } }
            .compactMap { path in
                let data = FileManager.default.contents(atPath: Self.root.appendingPathComponent(path).path)
                return data.flatMap { String(bytes: $0, encoding: .utf8) }.map { File(path: path, text: $0) }
            }
    }

    /// One file that must exist.
    func file(_ path: String) throws -> File {
        guard let file = self.files(in: [path]).first(where: { $0.path == path }) else { throw Failure.missing(path) }
        return file
    }

    enum Failure: Error {
        case empty
        case missing(String)
    }
}

/// Something untidy, said so that a reader can go there.
struct Finding: CustomStringConvertible, Equatable {
    let path: String
    var line: Int?
    let what: String

    var description: String {
        self.line.map { "\(self.path):\($0): \(self.what)" } ?? "\(self.path): \(self.what)"
    }
}
