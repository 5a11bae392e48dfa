/// Writes `Web/protocol/messages.d.ts` from the declarations of this module: closed unions told apart by `area` and
/// `type`, so that a new message breaks the client's check until it is handled (`client.md` 1).
package enum TypeScript {
    /// The whole file, in the client's formatting.
    package static var declarations: String {
        var writer = TypeScriptWriter()
        writer.add(ClientMessage.outlines, as: "ClientMessage")
        writer.add(ServerMessage.outlines, as: "ServerMessage")
        for body in HTTPBodies.all { writer.add(body.outline) }
        return writer.file
    }
}

private struct TypeScriptWriter {
    private var written: Set<String> = []
    private var declarations: [String] = []

    var file: String {
        let head = """
            // Generated from Sources/Signalling by `beraad protocol --types`; a test compares it. Do not edit.
            // Wire format and examples: docs/protocol.md.
            """
        return ([head] + self.declarations).joined(separator: "\n\n") + "\n"
    }

    mutating func add(_ unions: [UnionOutline], as name: String) {
        for union in unions { self.add(union) }
        self.declare(name, self.alternatives(unions.map(\.name)))
    }

    mutating func add(_ record: RecordOutline) {
        guard self.written.insert(record.name).inserted else { return }
        let body = self.body(record.fields, tags: [])
        self.declarations.append("export type \(record.name) = \(body);")
    }

    private mutating func add(_ union: UnionOutline) {
        guard self.written.insert(union.name).inserted else { return }
        var names: [String] = []
        for outline in union.cases {
            let name = Self.capitalised(union.area ?? union.name) + Self.capitalised(outline.type)
            let area = union.area.map { ["area: '\($0)'"] } ?? []
            let body = self.body(outline.fields, tags: area + ["type: '\(outline.type)'"])
            self.declare(name, body)
            names.append(name)
        }
        self.declare(union.name, self.alternatives(names))
    }

    private mutating func declare(_ name: String, _ type: String, remark: String = "") {
        self.declarations.append("\(remark)export type \(name) =\(type.hasPrefix("\n") ? "" : " ")\(type);")
    }

    private mutating func body(_ fields: [FieldOutline], tags: [String]) -> String {
        let lines =
            tags
            + fields.map { field in
                let type = self.reference(field.outline)
                let mark = field.presence == .optional ? "?:" : ":"
                return "\(field.name)\(mark)\(type.hasPrefix("\n") ? "" : " ")\(type)"
            }
        return "{\n" + lines.map { "  \($0);\n" }.joined() + "}"
    }

    /// The type of a field; what has a name is declared before.
    private mutating func reference(_ outline: Outline) -> String {
        switch outline {
        case .text: return "string"
        case .whole: return "number"
        case .bool: return "boolean"
        case .choice(let words): return Self.choice(words)
        case .nullable(let wrapped): return self.reference(wrapped) + " | null"
        case .list(let element, _):
            let name = self.reference(element)
            return name.contains(" ") ? "(\(name))[]" : "\(name)[]"
        case .named(let name, let form):
            if self.written.insert(name).inserted { self.declare(name, "string", remark: Self.remark(form)) }
            return name
        case .record(let record):
            self.add(record)
            return record.name
        case .union(let union):
            self.add(union)
            return union.name
        }
    }

    private func alternatives(_ names: [String]) -> String {
        let line = names.joined(separator: " | ")
        return line.utf8.count < 90 ? line : "\n" + names.map { "  | \($0)" }.joined(separator: "\n")
    }

    /// The formatter of the client breaks a line of more than 120 characters.
    private static func choice(_ words: [String]) -> String {
        let quoted = words.map { "'\($0)'" }
        let line = quoted.joined(separator: " | ")
        return line.utf8.count < 90 ? line : quoted.map { "\n    | \($0)" }.joined()
    }

    private static func remark(_ form: TextForm) -> String {
        switch form {
        case .bytes(let count): "/** \(count) bytes as unpadded base64url. */\n"
        case .base64(let count): "/** \(count.lowerBound) to \(count.upperBound) bytes as unpadded base64url. */\n"
        case .token(let length): "/** \(length.lowerBound) to \(length.upperBound) letters, digits, - or _. */\n"
        case .alphanumeric(let length): "/** \(length.lowerBound) to \(length.upperBound) letters or digits. */\n"
        case .publication: "/** The letter p and a number. */\n"
        case .ice, .ascii, .fingerprint, .line: ""
        }
    }

    private static func capitalised(_ word: String) -> String {
        word.prefix(1).uppercased() + word.dropFirst()
    }
}
