import Testing

@Suite("What the browser loads")
struct WebRulesTests {
    @Test("the client's files name no other host, import in one direction, and keep nothing but in one place")
    func tree() throws {
        let files = try Repository().files(in: ["Web/"], endings: [".js", ".html", ".css", ".svg", ".webmanifest"])
        #expect(files.flatMap(WebRules.check) == [])
    }

    @Test(
        "a foreign host, a bare name, a way out, a wrong direction and a place to keep things are seen",
        arguments: [
            ("Web/app.js", "import x from 'https://cdn.example.org/x.js';", 2),
            ("Web/app.js", "import x from 'lit';", 1),
            ("Web/state/a.js", "import { b } from '../media/b.js';", 1),
            ("Web/media/a.js", "import { b } from '../state/b.js';", 1),
            ("Web/e2ee/a.js", "import { b } from '../media/b.js';", 1),
            ("Web/elements/a.js", "const b = await import('../screens/b.js');", 1),
            ("Web/elements/a.js", "import '../app.js';", 1),
            ("Web/app.js", "import x from '../Sources/x.js';", 1),
            ("Web/index.html", "<script src=\"//cdn.example.org/x.js\"></script>", 1),
            ("Web/styles/a.css", "@import url(https://fonts.example.org/a.css);", 1),
            ("Web/app.js", "const seen = localStorage.getItem('seen');", 1),
            ("Web/e2ee/a.js", "const open = indexedDB.open('keys');", 1),
            ("Web/visit.js", "await caches.open('shell');", 1),
            ("Web/sw.js", "await caches.keys(); indexedDB.open('keys');", 1),
        ])
    func bad(path: String, text: String, count: Int) {
        #expect(WebRules.check(.init(path: path, text: text)).count == count)
    }

    @Test(
        "relative imports in the right direction, and types of state, are fine",
        arguments: [
            ("Web/app.js", "import { b } from './screens/b.js';"), ("Web/screens/a.js", "import '../elements/b.js';"),
            ("Web/e2ee/a.js", "/** @import { B } from '../state/b.js' */"), ("Web/state/a.js", "import './b.js';"),
            ("Web/tests/a.test.js", "import assert from 'node:assert/strict';"),
            ("Web/icons/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">"),
            ("Web/storage.js", "const open = indexedDB.open('device');"),
            ("Web/sw.js", "await caches.open('shell');"),
            ("Web/app.js", "/** Nothing lies in localStorage. */"),
        ])
    func good(path: String, text: String) {
        #expect(WebRules.check(.init(path: path, text: text)) == [])
    }
}
