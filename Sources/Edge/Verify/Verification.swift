internal import NIOCore
package import Signalling

/// Looks at a server as a visitor's browser does and compares every answer with what this version makes of a bundle
/// (`e2ee.md` 7.9). The page is a function of the bundle alone: its only changing parts are the release's name and the
/// import map, and both are made again here by the code that serves them. So nothing is left out of the comparison, and
/// a page with one more script, however it is written, is another page.
package struct Verification: Sendable {
    private let server: LiveServer
    private let site: Site
    private let meeting: MeetingID
    private let trust: LiveTrust
    private let limits: VerifyLimits

    /// `meeting` stands for one where the address names none; it need not exist, as its page looks the same.
    package init(
        of server: LiveServer, against site: Site, meeting: MeetingID, trust: LiveTrust,
        limits: VerifyLimits = VerifyLimits()
    ) {
        self.server = server
        self.site = site
        self.meeting = server.meeting ?? meeting
        self.trust = trust
        self.limits = limits
    }

    /// Asks for everything, once.
    package func report() async -> VerifyReport {
        var report = VerifyReport(release: self.site.release)
        let end = ContinuousClock.now + self.limits.total
        let pages = await self.compare(self.site.expectedPages(self.meeting), &report, until: end)
        guard report.interruption == nil, let release = self.release(of: pages) else {
            report.findings = pages.compactMap(\.finding)
            report.add(headers: pages.flatMap(HeaderRules(self.site, self.server.transport).findings))
            if report.interruption == nil, !pages.contains(where: \.isRedirect) { report.interruption = .notBeraad }
            return report
        }
        let files = await self.compare(self.site.expectedFiles(in: release), &report, until: end)
        self.judge(pages, files, release, &report)
        return report
    }

    private func release(of pages: [Comparison]) -> String? {
        pages.filter(\.isWhole).lazy.compactMap { LivePage($0.answer.body).release(preferring: self.site.release) }
            .first
    }

    private func judge(_ pages: [Comparison], _ files: [Comparison], _ release: String, _ report: inout VerifyReport) {
        // What an honest server makes of the files that came. It decides how a difference is told, never whether.
        let site = self.site(over: files)
        var reference = self.site
        for page in pages {
            guard let finding = page.finding else { continue }
            if let site, page.isWhole, page.answer.body == Array(site.page.utf8) {
                reference = site
                report.findings.append(.derived(path: page.expected.path))
            } else {
                report.findings.append(finding)
            }
        }
        report.findings += files.compactMap { file in
            file.finding.map { Self.isMade(file, by: site) ? VerifyFinding.derived(path: file.expected.path) : $0 }
        }
        let known = Set(self.site.paths)
        let named = pages.filter(\.isWhole).reduce(into: Set<String>()) {
            $0.formUnion(LivePage($1.answer.body).names(in: release))
        }
        report.findings += named.subtracting(known).sorted().map { .unknownFile(name: $0) }
        report.add(headers: (pages + files).flatMap(HeaderRules(reference, self.server.transport).findings))
    }

    /// What stands at the root names the release, so other files change it as they change the page.
    private static func isMade(_ comparison: Comparison, by site: Site?) -> Bool {
        guard comparison.isWhole, let file = comparison.expected.rootFile else { return false }
        return site?.file(atRoot: file)?.bytes == comparison.answer.body
    }

    private func site(over files: [Comparison]) -> Site? {
        let live = files.compactMap { comparison -> WebFile? in
            guard comparison.isWhole, let name = comparison.expected.file, let content = comparison.expected.content,
                comparison.expected.rootFile == nil
            else { return nil }
            return WebFile(path: name, bytes: comparison.answer.body, contentType: content.type)
        }
        return try? self.site.over(live)  // the page was read once, so it has the line for the import map
    }
}

extension Verification {
    /// As many answers as come, in the order of the questions; the first failure ends it and stands in the report.
    private func compare(
        _ expected: [ExpectedAnswer], _ report: inout VerifyReport, until end: ContinuousClock.Instant
    ) async -> [Comparison] {
        let (answers, failure) = await withTaskGroup(
            of: (Int, Result<Comparison, LiveFailure>).self, returning: ([Int: Comparison], LiveFailure?).self
        ) { group in
            var waiting = expected.enumerated().makeIterator()
            var answers: [Int: Comparison] = [:]
            var failure: LiveFailure?
            func askNext() {
                guard failure == nil, let (index, next) = waiting.next() else { return }
                guard ContinuousClock.now < end else { return failure = .slow }
                group.addTask { (index, await self.ask(next)) }
            }
            for _ in 0..<self.limits.connectionsAtOnce { askNext() }
            while let (index, result) = await group.next() {
                switch result {
                case .success(let comparison): answers[index] = comparison
                case .failure(let reason):
                    failure = failure ?? reason
                    group.cancelAll()
                }
                askNext()
            }
            return (answers, failure)
        }
        report.compared += answers.count
        report.interruption = failure
        return answers.sorted { $0.key < $1.key }.map(\.value)
    }

    private func ask(_ expected: ExpectedAnswer) async -> Result<Comparison, LiveFailure> {
        let request = LiveRequest(
            server: self.server, tls: self.trust.context, path: expected.path,
            accept: expected.isPage ? "text/html,application/xhtml+xml,*/*;q=0.8" : "*/*",
            bodyBytesMax: VerifyLimits.bodyBytesMax(expected), patience: TimeAmount(self.limits.patience))
        do throws(LiveFailure) {
            let answer = try await request.answer()
            guard answer.status < 500, answer.status != 429 else { return .failure(.failing(status: answer.status)) }
            return .success(Comparison(expected: expected, answer: answer))
        } catch {
            return .failure(error)
        }
    }
}
