import BeraadTesting
import Signalling

/// Makes values of a schema, the same ones for the same seed.
struct Sampler {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        self.generator = SeededGenerator(seed: seed)
    }

    /// A message of one case of a union, as JSON.
    mutating func message(_ union: UnionOutline, _ type: CaseOutline) -> JSON {
        let area = union.area.map { [JSONMember("area", .text($0))] } ?? []
        return .object(area + [JSONMember("type", .text(type.type))] + self.fields(type.fields))
    }

    mutating func record(_ outline: RecordOutline) -> JSON {
        .object(self.fields(outline.fields))
    }

    mutating func byte() -> UInt8 {
        UInt8.random(in: 0...255, using: &self.generator)
    }

    mutating func index(below bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &self.generator)
    }

    private mutating func fields(_ fields: [FieldOutline]) -> [JSONMember] {
        var members: [JSONMember] = []
        for field in fields where field.presence == .required || Bool.random(using: &self.generator) {
            members.append(JSONMember(field.name, self.value(field.outline)))
        }
        return members
    }

    private mutating func value(_ outline: Outline) -> JSON {
        switch outline {
        case .text(let form), .named(_, let form): return .text(self.text(form))
        case .whole(let range): return .whole(Int.random(in: range, using: &self.generator))
        case .bool: return .bool(Bool.random(using: &self.generator))
        case .choice(let words): return .text(words[self.index(below: words.count)])
        case .list(let element, let bound):
            var elements: [JSON] = []
            for _ in 0..<self.index(below: min(bound, 5) + 1) { elements.append(self.value(element)) }
            return .list(elements)
        case .nullable(let wrapped): return Bool.random(using: &self.generator) ? .null : self.value(wrapped)
        case .record(let record): return self.record(record)
        case .union(let union): return self.message(union, union.cases[self.index(below: union.cases.count)])
        }
    }

    private mutating func text(_ form: TextForm) -> String {
        switch form {
        case .bytes(let count):
            var bytes: [UInt8] = []
            for _ in 0..<count { bytes.append(self.byte()) }
            return Base64URL.encode(bytes)
        case .base64(let count):
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: count, using: &self.generator) { bytes.append(self.byte()) }
            return Base64URL.encode(bytes)
        case .token(let length): return self.letters("abcXYZ019-_", length)
        case .ice(let length): return self.letters("abcXYZ019+/", length)
        case .alphanumeric(let length): return self.letters("abcXYZ019", length)
        case .ascii(let length): return self.letters("ab:.1\"\\/~!", length)
        case .fingerprint:
            return (0..<32).map { _ in self.letters("0123456789ABCDEF", 2...2) }.joined(separator: ":")
        case .publication: return "p\(self.index(below: 4_000_000_000))"
        case .line(let length): return self.letters("aZ 9é€@\"\\\u{1F600}", length)
        }
    }

    private mutating func letters(_ alphabet: String, _ length: ClosedRange<Int>) -> String {
        let letters = Array(alphabet)
        let count = Int.random(in: length, using: &self.generator)
        return String((0..<count).map { _ in letters[self.index(below: letters.count)] })
    }
}
