/// Rules about `Web/`: nothing foreign is loaded, folders import each other in one direction only, and one file keeps things in
/// the browser.
enum WebRules {
    /// What code in a folder may import, beside itself. `client` order: protocol ← state ← elements ← screens ← app.
    static let direction: [String: Set<String>] = [
        "protocol": [], "strings": [],
        "state": ["protocol"],
        "media": ["protocol"], "e2ee": ["protocol"],
        "elements": ["protocol", "state", "strings"],
        "screens": ["protocol", "state", "strings", "elements"],
    ]

    /// Types alone travel further: media and e2ee are driven with values of `state`.
    static let typeDirection: [String: Set<String>] = ["media": ["state"], "e2ee": ["state"]]

    /// Checks the imports of one script and the addresses in any file.
    static func check(_ file: Repository.File) -> [Finding] {
        Self.foreign(file) + (file.path.hasSuffix(".js") ? Self.imports(file) + Self.storage(file) : [])
    }

    /// The one file that may touch what a browser can keep (`privacy.md` 2.2); the catalogue has a row for each of its names.
    static let storageFile = "Web/storage.js"

    /// The worker of whoever installed the program, which keeps its files, and nothing in any other way.
    static let programWorker = "Web/sw.js"

    /// Nothing else keeps anything in a browser.
    private static func storage(_ file: Repository.File) -> [Finding] {
        guard file.path != Self.storageFile, !file.path.hasPrefix("Web/tests/") else { return [] }
        let keeping =
            #/\b(?:indexedDB|localStorage|sessionStorage|cookieStore|document\.cookie|caches\.|serviceWorker|navigator\.storage|getDirectory)\b/#
            .wordBoundaryKind(.simple)
        return file.lines.enumerated().filter { _, line in
            let seen = file.path == Self.programWorker ? line.replacing("caches.", with: "") : line
            return line.firstMatch(of: #/^\s*(?:\/\/|\*|\/\*)/#) == nil && seen.contains(keeping)
        }.map { Finding(path: file.path, line: $0.offset + 1, what: "keeps something in the browser") }
    }

    /// Names that look like addresses and are never fetched: SVG's, and those of RTP header extensions.
    private static let names = [
        "http://www.w3.org/", "http://www.ietf.org/id/draft-holmer-rmcat-",
        "http://www.webrtc.org/experiments/rtp-hdrext/",
        "https://aomediacodec.github.io/av1-rtp-spec/",
    ]

    /// No file loads anything from another host.
    private static func foreign(_ file: Repository.File) -> [Finding] {
        guard !file.path.hasPrefix("Web/tests/") else { return [] }
        return file.lines.enumerated().filter { _, line in
            let code = line.firstMatch(of: #/^\s*(?:\/\/|\*|\/\*)/#) == nil ? line : ""
            let bare = Self.names.reduce(code) { $0.replacing($1, with: "") }
            return bare.contains(#/(?:https?:|wss?:)?\/\/[\w-]+\.[\w.-]+/#)
        }.map { Finding(path: file.path, line: $0.offset + 1, what: "names another host") }
    }

    private static func imports(_ file: Repository.File) -> [Finding] {
        let folder = Self.folder(of: file.path)
        return file.lines.enumerated().flatMap { index, line -> [Finding] in
            let isComment = line.contains(#/^\s*(?:\/\/|\*|\/\*)/#) || line.contains("@import") || line.contains("@typ")
            let specifiers = line.matches(of: #/\b(?:from\s+|import\s*\(?\s*)(?:'([^']*)'|"([^"]*)")/#)
            return specifiers.compactMap { $0.1 ?? $0.2 }.compactMap { specifier in
                Self.problem(String(specifier), in: folder, path: file.path, isType: isComment).map {
                    Finding(path: file.path, line: index + 1, what: $0)
                }
            }
        }
    }

    private static func problem(_ specifier: String, in folder: String, path: String, isType: Bool) -> String? {
        if folder == "tests", specifier.hasPrefix("node:") { return nil }
        guard specifier.hasPrefix("./") || specifier.hasPrefix("../") else {
            return "imports \(specifier) not by relative path"
        }
        var parts = path.split(separator: "/").dropLast().map(String.init)
        for part in specifier.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        guard parts.first == "Web" else { return "imports \(specifier) from outside Web" }
        let target = Self.folder(of: parts.joined(separator: "/"))
        guard target != folder, folder != "app", folder != "tests" else { return nil }
        let allowed = Self.direction[folder, default: []].union(isType ? Self.typeDirection[folder, default: []] : [])
        return allowed.contains(target) ? nil : "\(folder) may not import \(target)"
    }

    /// The folder below `Web/`; files that lie there themselves count as `app`.
    private static func folder(of path: String) -> String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : "app"
    }
}
