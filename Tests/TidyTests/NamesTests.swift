import Foundation
import Testing

@Suite("The names that tests and screen readers rely on")
struct NamesTests {
    @Test("names.tsv says what the client says, in both languages")
    func table() throws {
        let repository = try Repository()
        let texts = try ["en", "nl"].map { language in
            try JSONDecoder().decode(
                [String: String].self, from: Data(repository.file("Web/strings/\(language).json").text.utf8))
        }
        #expect(texts[0].keys.sorted() == texts[1].keys.sorted())
        #expect(try Names.check(repository.file(Names.path), english: texts[0], dutch: texts[1]) == [])
    }

    @Test("a changed text, a missing one and other placeholders are seen")
    func bad() {
        let table = "id\trole\ten\tnl\na\tbutton\tJoin\tMeedoen\nb\tgroup\t{name}\tNaam\nc\tbutton\tx"
        let found = Names.check(
            .init(path: Names.path, text: table), english: ["a": "Join", "b": "{name}"], dutch: ["a": "Nu meedoen"])
        #expect(found.map(\.line) == [2, 3, 3, 4])
    }
}
