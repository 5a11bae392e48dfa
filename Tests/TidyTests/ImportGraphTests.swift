import Foundation
import Testing

@Suite("Who may import whom")
struct ImportGraphTests {
    private let graph: ImportGraph

    init() throws {
        self.graph = try ImportGraph(Repository())
    }

    @Test("no module imports what Package.swift does not declare")
    func declared() {
        #expect(self.graph.undeclared() == [])
    }

    @Test("no module imports what the table of the design does not allow")
    func table() {
        #expect(self.graph.notAllowed() == [])
    }

    @Test("no server module reaches a module that holds content keys", arguments: ModuleTable.server.sorted())
    func serverHoldsNoKeys(module: String) {
        #expect(self.graph.reached(from: module).isDisjoint(with: ModuleTable.keyHolders))
    }

    @Test("beraad-peer reaches no server module")
    func peerIsNoServer() {
        let reached = self.graph.reached(from: "beraad-peer")
        #expect(reached.contains("E2EE"))
        #expect(reached.isDisjoint(with: ModuleTable.server))
    }

    @Test("MediaCrypto is the only importer of BoringSSL")
    func oneImporterOfBoringSSL() {
        let importers = self.graph.imports.filter { $0.value.contains { $0.module == "CNIOBoringSSL" } }
        #expect(Set(importers.keys).isSubset(of: ["MediaCrypto", "MediaCryptoTests"]))
    }

    @Test("Persistence is the only importer of the database")
    func oneImporterOfTheDatabase() {
        let importers = self.graph.imports.filter { $0.value.contains { $0.module == "GRDB" } }
        #expect(Set(importers.keys) == ["Persistence", "PersistenceTests"])
    }

    @Test("the engine does without Foundation and swift-crypto but at one seam, so that it can become WebAssembly")
    func engineWithoutFoundation() {
        let outside = self.graph.imports["E2EE", default: []].filter { $0.module != "Wire" }
        #expect(outside.filter { !$0.path.hasPrefix("Sources/E2EE/Native/") } == [])
    }

    @Test("nothing native imports the WebAssembly build, which in turn imports nothing of the system")
    func wasmStandsApart() {
        let native = self.graph.imports.filter { !ModuleTable.wasm.contains($0.key) }.values.flatMap { $0 }
        #expect(native.filter { ModuleTable.wasm.contains($0.module) } == [])
        let wasm = ModuleTable.wasm.flatMap { self.graph.imports[$0, default: []] }
        #expect(wasm.filter { ModuleTable.system.contains($0.module) } == [])
        #expect(!wasm.isEmpty)
    }
}

@Suite("The import check itself")
struct ImportGraphCheckTests {
    @Test("every form of an import line is read")
    func forms() {
        let text = """
            import Alpha
            package import Beta
            @preconcurrency public import Gamma
            internal import struct Delta.Thing
            @_spi(Inner) import Epsilon
            // import Zeta
            let important = "import Eta"
            """
        let found = ImportGraph.imports(in: .init(path: "Sources/X/Y.swift", text: text)).map(\.module)
        #expect(found == ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"])
    }

    @Test("an undeclared import, a forbidden one and a detour to the keys are all seen")
    func bad() {
        var graph = ImportGraph(declared: ["SFU": ["Forwarding"], "Forwarding": ["Helper"]], imports: [:])
        #expect(graph.reached(from: "SFU").isDisjoint(with: ModuleTable.keyHolders))
        graph.imports["Helper"] = [.init(module: "E2EE", path: "Sources/Helper/A.swift", line: 1)]
        graph.imports["SFU"] = [.init(module: "Meeting", path: "Sources/SFU/B.swift", line: 2)]

        #expect(!graph.reached(from: "SFU").isDisjoint(with: ModuleTable.keyHolders))
        #expect(graph.undeclared().count == 2)
        #expect(graph.notAllowed().map(\.line).contains(2))
        #expect(graph.notAllowed().contains { $0.what == "is not in the module table" })
    }

    @Test("the package's description is understood in its three forms")
    func dump() throws {
        let json = """
            {"targets": [{"name": "A", "dependencies": [
              {"byName": ["B", null]}, {"target": ["C", null]}, {"product": ["D", "pkg", null, {"platformNames": []}]}]}]}
            """
        let graph = try ImportGraph(dump: Data(json.utf8), files: [.init(path: "Sources/A/X.swift", text: "import B")])
        #expect(graph.declared["A"] == ["B", "C", "D"])
        #expect(graph.undeclared() == [])
    }
}
