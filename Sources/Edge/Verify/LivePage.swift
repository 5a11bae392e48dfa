/// What a page says about its release. It serves to tell what differs, never to overlook something: a page is this
/// version's when every byte is.
struct LivePage {
    private let text: String

    init(_ bytes: [UInt8]) {
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    /// The release whose files it names: `own` if it does, else the first.
    func release(preferring own: String) -> String? {
        if self.text.contains("/a/\(own)/") { return own }
        return self.text.firstMatch(of: #/\/a\/(?<release>[0-9a-f]{32})\//#).map { String($0.release) }
    }

    /// The files of a release that it names.
    func names(in release: String) -> Set<String> {
        let names = self.text.split(separator: "/a/\(release)/", omittingEmptySubsequences: false).dropFirst()
            .map { String(decoding: $0.utf8.prefix(while: Site.isPlain), as: UTF8.self) }
        return Set(names.filter { !$0.isEmpty })
    }
}
