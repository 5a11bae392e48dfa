extension Site {
    /// Both name the release, as the page does: the manifest in its addresses, the worker in a line before it. So the
    /// worker of another release is another script, which is how browsers learn of a new release.
    static func rootFiles(of release: String, page: String, _ files: [WebFile]) -> [String: WebFile] {
        var found: [String: WebFile] = [:]
        for file in files {
            let bytes: [UInt8]
            switch RootFile(rawValue: file.path) {
            case .serviceWorker: bytes = Array("self.release = \(Self.kept(release, page, files));\n".utf8) + file.bytes
            case .manifest:
                let text = String(decoding: file.bytes, as: UTF8.self)
                bytes = Array(text.replacing("/a/release/", with: "/a/\(release)/").utf8)
            case nil: continue
            }
            found[file.path] = WebFile(path: file.path, bytes: bytes, contentType: file.contentType)
        }
        return found
    }

    /// What the worker keeps, as JSON, with what each must hash to: the page, and every file that the page may ask for
    /// below `/a/`. Names and hashes have no character that JSON would escape. Where the page stands is here, too.
    private static func kept(_ release: String, _ page: String, _ files: [WebFile]) -> String {
        let hash = WebFile(path: "index.html", bytes: Array(page.utf8), contentType: Self.pageType).integrity
        let pages = Route.pages.map { "\"\($0.template)\"" }.joined(separator: ",")
        let list = files.filter { RootFile(rawValue: $0.path) == nil }
            .map { "\"\($0.path)\":\"\($0.integrity)\"" }
        return "{\"name\":\"\(release)\",\"page\":\"\(hash)\",\"pages\":[\(pages)],"
            + "\"files\":{\(list.joined(separator: ","))}}"
    }
}
