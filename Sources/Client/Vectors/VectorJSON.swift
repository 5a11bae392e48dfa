internal import E2EE

/// Any JSON of a vector file. The checks know values, not their text.
struct VectorJSON: Decodable {
    var value: VectorValue

    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Name.self) {
            var members: [[UInt8]: VectorValue] = [:]
            for name in container.allKeys {
                members[Array(name.stringValue.utf8)] = try container.decode(VectorJSON.self, forKey: name).value
            }
            self.value = .object(members)
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [VectorValue] = []
            while !container.isAtEnd { elements.append(try container.decode(VectorJSON.self).value) }
            self.value = .list(elements)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self.value = .null
            } else if let text = try? container.decode(String.self) {
                self.value = .text(Array(text.utf8))
            } else {
                self.value = .number(try container.decode(UInt64.self))
            }
        }
    }
}
