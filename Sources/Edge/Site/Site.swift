internal import Crypto
package import Foundation

/// The browser client as this server serves it: read once at the start, hashed, and the same until it stops. Files stand
/// under `/a/<hash of all>/`, so a release is one immutable set and two releases never mix (`client.md` 1).
package struct Site: Sendable {
    /// Why `Web/` cannot be served.
    package enum Failure: Error, Equatable, Sendable {
        /// There is no `index.html` there.
        case missing
        /// The page has no line for the import map.
        case pageWithoutImportMap
    }

    /// The start page of every route.
    package let page: String
    /// `sha256-…` of the import map, for `script-src`.
    package let importMapHash: String
    /// The hash in the path.
    package let release: String
    /// `index.html` as committed.
    private let source: String
    private let files: [String: WebFile]
    private let rootFiles: [String: WebFile]

    /// What the page is, for a browser.
    static let pageType = "text/html; charset=utf-8"

    /// Reads a folder.
    package init(folder: URL) throws {
        guard let page = try? String(contentsOf: folder.appending(path: "index.html"), encoding: .utf8) else {
            throw Failure.missing
        }
        try self.init(page: page, files: Self.read(folder))
    }

    init(page: String, files: [WebFile]) throws(Failure) {
        let mark = "<!-- import-map -->"
        guard page.contains(mark) else { throw .pageWithoutImportMap }
        var hash = SHA256()
        hash.update(data: Array(page.utf8))
        for file in files {
            hash.update(data: Array("\0\(file.path)\0".utf8))
            hash.update(data: Data(SHA256.hash(data: file.bytes)))
        }
        self.release = hash.finalize().prefix(16).map(WebFile.hexadecimal).joined()
        let map = Self.importMap(files, release: self.release)
        self.importMapHash = "sha256-" + Data(SHA256.hash(data: Array(map.utf8))).base64EncodedString()
        self.source = page
        self.page = page.replacing(mark, with: "<script type=\"importmap\">\(map)</script>")
            .replacing("/a/release/", with: "/a/\(self.release)/")
        self.files = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0) })
        self.rootFiles = Self.rootFiles(of: self.release, page: self.page, files)
    }

    /// A file of this release.
    package func file(_ path: String) -> WebFile? {
        self.files[path]
    }

    /// A file that stands at the root, as it stands there; one of `RootFile`.
    package func file(atRoot file: RootFile) -> WebFile? {
        self.rootFiles[file.rawValue]
    }

    /// The same page over other files: what an honest server of this version makes of those.
    func over(_ files: [WebFile]) throws(Failure) -> Site {
        try Site(page: self.source, files: files)
    }

    /// Every file, for tests and for `beraad doctor`.
    package var paths: [String] { self.files.keys.sorted() }

    /// Modules import each other by relative path; the map only adds what each must hash to.
    private static func importMap(_ files: [WebFile], release: String) -> String {
        let entries = files.filter { $0.path.hasSuffix(".js") || $0.path.hasSuffix(".wasm") }
            .map { "\"/a/\(release)/\($0.path)\":\"\($0.integrity)\"" }
        return "{\"imports\":{},\"integrity\":{\(entries.joined(separator: ","))}}"
    }

    private static func read(_ folder: URL) throws -> [WebFile] {
        let root = folder.standardizedFileURL.resolvingSymlinksInPath().path(percentEncoded: false)
        let prefix = root.hasSuffix("/") ? root : root + "/"
        var files: [WebFile] = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: root).sorted() {
            // A name that would need escaping in a link or in the map is not ours.
            guard let contentType = WebFile.contentType(of: name), name.utf8.allSatisfy(Self.isPlain) else { continue }
            let bytes = try Data(contentsOf: URL(filePath: prefix + name))
            files.append(WebFile(path: name, bytes: Array(bytes), contentType: contentType))
        }
        return files
    }

    static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
