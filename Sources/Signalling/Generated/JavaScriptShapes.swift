/// Writes `Web/protocol/shapes.js`: what every message of the server may look like, as data for the client's reader. The
/// client trusts the server no more than the server trusts a client, and both are checked by the same declarations.
package enum JavaScriptShapes {
    /// The whole file.
    package static var file: String {
        var writer = ShapeWriter()
        let areas = ServerMessage.outlines.map { union in
            "  \(union.area ?? union.name): \(writer.shape(.union(union))),"
        }
        return """
            // deno-fmt-ignore-file -- generated from Sources/Signalling by `beraad protocol --shapes`; a test compares it.
            // Wire format and examples: docs/protocol.md. How a shape is read: reader.js.
            /** @import { Shape } from './reader.js' */

            \(writer.declarations.joined(separator: "\n"))

            /** What the server says, by area. @type {Readonly<Record<string, Shape>>} */
            export const serverShapes = {
            \(areas.joined(separator: "\n"))
            };

            """
    }
}

private struct ShapeWriter {
    private(set) var declarations: [String] = []
    private var names: Set<String> = []

    mutating func shape(_ outline: Outline) -> String {
        switch outline {
        case .text(let form), .named(_, let form): return "{ text: /^\(Self.pattern(form))$/ }"
        case .whole(let range): return "{ whole: [\(range.lowerBound), \(range.upperBound)] }"
        case .bool: return "{ bool: true }"
        case .choice(let words): return "{ choice: [\(words.map { "'\($0)'" }.joined(separator: ", "))] }"
        case .list(let element, let count): return "{ list: \(self.shape(element)), atMost: \(count) }"
        case .nullable(let wrapped): return "{ nullable: \(self.shape(wrapped)) }"
        case .record(let record):
            let name = "the\(record.name)"
            if self.names.insert(name).inserted {
                let body = self.fields(record.fields)
                self.declarations.append("/** @type {Shape} */\nconst \(name) = { record: \(body) };")
            }
            return name
        case .union(let union):
            let cases = union.cases.map { "'\($0.type)': \(self.fields($0.fields))" }
            return "{ union: { \(cases.joined(separator: ", ")) } }"
        }
    }

    /// Field → its shape; an optional one stands in a list of its own kind.
    private mutating func fields(_ fields: [FieldOutline]) -> String {
        let parts = fields.map { field in
            let shape = self.shape(field.outline)
            return "\(field.name): \(field.presence == .optional ? "{ optional: \(shape) }" : shape)"
        }
        return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
    }

    private static func pattern(_ form: TextForm) -> String {
        switch form {
        case .bytes(let count): "[\\w-]{\((count * 8 + 5) / 6)}"
        case .base64(let count):
            "[\\w-]{\((count.lowerBound * 8 + 5) / 6),\((count.upperBound * 8 + 5) / 6)}"
        case .ice(let length): "[A-Za-z0-9+/]{\(length.lowerBound),\(length.upperBound)}".replacing("/", with: "\\/")
        case .token(let length): "[\\w-]{\(length.lowerBound),\(length.upperBound)}"
        case .ascii(let length): "[!-~]{\(length.lowerBound),\(length.upperBound)}"
        case .alphanumeric(let length): "[A-Za-z0-9]{\(length.lowerBound),\(length.upperBound)}"
        case .fingerprint: "(?:[0-9A-F]{2}:){31}[0-9A-F]{2}"
        case .publication: "p\\d{1,10}"
        // A browser counts a scalar beyond the first plane as two.
        case .line(let length):
            "[^\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]{\(length.lowerBound),\(length.upperBound * 2)}"
        }
    }
}

extension String {
    /// Every occurrence of `character` replaced.
    fileprivate func replacing(_ character: Character, with text: String) -> String {
        self.reduce(into: "") { $0 += $1 == character ? text : String($1) }
    }
}
