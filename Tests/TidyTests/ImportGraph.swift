import Foundation

/// The modules of this package, what each declares in `Package.swift`, and what its files really import. SwiftPM alone
/// lets a target import a sibling that it never declared, once that sibling has been built.
struct ImportGraph {
    struct Import: Hashable {
        let module: String
        let path: String
        let line: Int
    }

    var declared: [String: Set<String>]
    var imports: [String: [Import]]

    /// Modules named by the `import` lines of one file.
    static func imports(in file: Repository.File) -> [Import] {
        let pattern =
            #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(?<module>\w+)/#
        return file.codeLines.compactMap { number, line in
            line.firstMatch(of: pattern).map { Import(module: String($0.module), path: file.path, line: number) }
        }
    }

    /// Every module that `module` reaches through declarations or import lines.
    func reached(from module: String) -> Set<String> {
        var seen: Set<String> = []
        var waiting = [module]
        while let next = waiting.popLast() {
            let direct = self.declared[next, default: []].union(self.imports[next, default: []].map(\.module))
            waiting += direct.subtracting(seen)
            seen.formUnion(direct)
        }
        return seen
    }

    /// Import lines that `Package.swift` does not declare; what it does not compile is not its business.
    func undeclared() -> [Finding] {
        self.imports.filter { !ModuleTable.wasm.contains($0.key) }.flatMap { module, imports in
            imports.filter { line in
                let product = ModuleTable.productOfModule[line.module] ?? line.module
                return !ModuleTable.system.contains(line.module) && line.module != "Testing"
                    && !self.declared[module, default: []].contains(product)
            }.map {
                Finding(path: $0.path, line: $0.line, what: "imports \($0.module), which \(module) does not declare")
            }
        }
    }

    /// Import lines of sources that the module table does not allow.
    func notAllowed() -> [Finding] {
        self.imports.filter { !$0.key.hasSuffix("Tests") }.flatMap { module, imports -> [Finding] in
            guard let row = ModuleTable.rows[module] else {
                return [Finding(path: "Sources/\(module)", what: "is not in the module table")]
            }
            let allowed = row.own.union(row.outside).union(ModuleTable.system)
            return imports.filter { !allowed.contains($0.module) }.map {
                Finding(path: $0.path, line: $0.line, what: "\(module) may not import \($0.module)")
            }
        }
    }
}

extension ImportGraph {
    /// The graph of this repository. The dump gets a scratch folder of its own: inside `swift test` it would wait for
    /// ever on the lock of `.build`.
    init(_ repository: Repository) throws {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("beraad-tidy-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }  // a left-over folder harms nobody
        let dump = try Command.output(
            "swift", "package", "--package-path", Repository.root.path, "--scratch-path", scratch.path, "dump-package")
        try self.init(dump: Data(dump.utf8), files: repository.files(in: ["Sources/", "Tests/"], endings: [".swift"]))
    }

    /// A graph from the package's JSON description and its files.
    init(dump: Data, files: [Repository.File]) throws {
        let package = try JSONDecoder().decode(Package.self, from: dump)
        self.declared = Dictionary(
            uniqueKeysWithValues: package.targets.map { ($0.name, Set($0.dependencies.compactMap(\.name))) })
        self.imports = [:]
        for file in files {
            let parts = file.path.split(separator: "/")
            self.imports[String(parts[1]), default: []] += Self.imports(in: file)
        }
    }

    private struct Package: Decodable {
        let targets: [Target]
    }

    private struct Target: Decodable {
        let name: String
        let dependencies: [Dependency]
    }

    /// `{"byName": ["Wire", null]}`, `{"target": …}` or `{"product": ["Crypto", "swift-crypto", …]}`.
    private struct Dependency: Decodable {
        let byName: [Name?]?
        let target: [Name?]?
        let product: [Name?]?

        var name: String? { (self.byName ?? self.target ?? self.product)?.first.flatMap { $0 }?.text }
    }

    /// The first entry of those lists is a string; conditions and aliases behind it do not matter here.
    private struct Name: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            self.text = try? decoder.singleValueContainer().decode(String.self)  // not a string: not a name
        }
    }
}
