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
    /// Where that stands at the root.
    var rootFile: RootFile?

    var isPage: Bool { self.content != nil && self.file == nil }
}

extension Site {
    /// The page, which is the same at every address a visitor opens.
    func expectedPages(_ meeting: MeetingID) -> [ExpectedAnswer] {
        let content = ExpectedAnswer.Content(bytes: Array(self.page.utf8), type: Self.pageType, caching: Caching.page)
        return Route.pages.map { route in
            ExpectedAnswer(path: route.template.replacing("{id}", with: meeting.text), content: content)
        }
    }

    /// Every file of the bundle, where a page of this release looks for it, and the two that stand at the root.
    func expectedFiles(in release: String) -> [ExpectedAnswer] {
        let files = self.paths.map { name in
            ExpectedAnswer(
                path: "/a/\(release)/\(name)",
                content: self.file(name).map { Self.content($0, Caching.file) }, file: name)
        }
        let rootFiles = RootFile.allCases.map { file in
            ExpectedAnswer(
                path: "/\(file.rawValue)", content: self.file(atRoot: file).map { Self.content($0, Caching.rootFile) },
                file: file.rawValue, rootFile: file)
        }
        return files + rootFiles
    }

    private static func content(_ file: WebFile, _ caching: String) -> ExpectedAnswer.Content {
        ExpectedAnswer.Content(bytes: file.bytes, type: file.contentType, caching: caching)
    }
}
