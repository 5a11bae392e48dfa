internal import Signalling

/// What this version answers at one address.
struct ExpectedAnswer: Sendable {
    /// What a browser gets there.
    struct Content: Sendable {
        let bytes: [UInt8]
        let type: String
        let caching: String
    }

    let path: String
    /// Nothing where this version has no file.
    let content: Content?
    /// The file of the bundle; nothing for the page.
    var file: String?

    var isPage: Bool { self.content != nil && self.file == nil }
}

extension Site {
    /// The page, which is the same at every address a visitor opens.
    func expectedPages(_ meeting: MeetingID) -> [ExpectedAnswer] {
        let content = ExpectedAnswer.Content(bytes: Array(self.page.utf8), type: Self.pageType, caching: Caching.page)
        return ["/", "/m/\(meeting.text)"].map { ExpectedAnswer(path: $0, content: content) }
    }

    /// Every file of the bundle, where a page of this release looks for it, and the two that stand at the root.
    func expectedFiles(in release: String) -> [ExpectedAnswer] {
        let files = self.paths.map { self.expected($0, at: "/a/\(release)/\($0)", caching: Caching.file) }
        let rootFiles = [Route.serviceWorker, .manifest].map {
            self.expected(String($0.template.dropFirst()), at: $0.template, caching: Caching.rootFile)
        }
        return files + rootFiles
    }

    private func expected(_ name: String, at path: String, caching: String) -> ExpectedAnswer {
        let content = self.file(name).map {
            ExpectedAnswer.Content(bytes: $0.bytes, type: $0.contentType, caching: caching)
        }
        return ExpectedAnswer(path: path, content: content, file: name)
    }
}
