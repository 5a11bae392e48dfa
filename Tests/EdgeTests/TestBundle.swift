import Edge
import Foundation

/// Browser clients to serve and to compare with. A `Site` keeps what it read, so the folders are gone at once.
enum TestBundle {
    /// One of each sort of file, for tests that need no whole client.
    static let small = [
        "index.html": """
        <!DOCTYPE html>
        <html lang="nl">
          <head>
            <title>Beraad</title>
            <!-- import-map -->
            <link rel="stylesheet" href="/a/release/styles/base.css">
            <script type="module" src="/a/release/app.js"></script>
          </head>
        </html>

        """,
        "app.js": "import './media/peer.js';\n",
        "media/peer.js": "// One for the whole meeting.\nexport const c = { encodedInsertableStreams: true };\n",
        "e2ee/media-worker.js": "onmessage = () => {};\n", "e2ee/engine/e2ee.wasm": "\0asm, and more",
        "styles/base.css": "b-tile { display: grid; }\n", "strings/nl.json": "{\"join.ask\":\"Vragen\"}\n",
        "icons/icons.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n", "fonts/text.woff2": "wOF2",
        "icons/icon.png": "PNG", "manifest.webmanifest": "{}\n",
        "sw.js": "onfetch = () => {};\n",
    ]

    /// Reads a folder with these files.
    static func site(_ files: [String: String] = Self.small) throws -> Site {
        try Self.inFolder { folder in
            for (path, text) in files {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            return try Site(folder: folder)
        }
    }

    /// The whole client of this repository with one file changed.
    static func client(changing path: String, _ change: (String) throws -> String) throws -> Site {
        try Self.inFolder { folder in
            let web = folder.appending(path: "Web")
            try FileManager.default.copyItem(at: TestServer.root.appending(path: "Web"), to: web)
            let file = web.appending(path: path)
            try Data(change(String(contentsOf: file, encoding: .utf8)).utf8).write(to: file)
            return try Site(folder: web)
        }
    }

    /// A folder that is gone afterwards.
    static func inFolder<Outcome>(_ body: (URL) throws -> Outcome) throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "beraad-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a left-over folder harms nobody
        return try body(folder)
    }
}
