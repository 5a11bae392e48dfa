internal import Redaction

/// How a value stands on the wire, declared once: its outline, its strict reader and its writer.
package struct Shape<Value>: Sendable {
    /// The shape as data.
    package let outline: Outline
    let read: @Sendable (JSON, StaticName) throws(Malformed) -> Value
    let write: @Sendable (Value) -> JSON

    init(
        _ outline: Outline, read: @escaping @Sendable (JSON, StaticName) throws(Malformed) -> Value,
        write: @escaping @Sendable (Value) -> JSON
    ) {
        self.outline = outline
        self.read = read
        self.write = write
    }
}

extension Shape where Value == String {
    static func text(_ form: TextForm) -> Self {
        Self(.text(form)) { json, name throws(Malformed) in
            guard case .text(let text) = json, form.admits(text) else { throw .wrong(field: name) }
            return text
        } write: {
            .text($0)
        }
    }
}

extension Shape where Value == Redacted<String> {
    /// A text about a person, or one that opens something.
    static func redacted(_ form: TextForm) -> Self {
        Shape<String>.text(form).map({ Redacted($0) }, { $0.exposed })
    }
}

extension Shape where Value == [UInt8] {
    /// Bytes as base64url.
    static func base64(_ count: ClosedRange<Int>) -> Self {
        Self(.text(.base64(count))) { json, name throws(Malformed) in
            guard case .text(let text) = json, TextForm.base64(count).admits(text), let bytes = Base64URL.decode(text)
            else { throw .wrong(field: name) }
            return bytes
        } write: {
            .text(Base64URL.encode($0))
        }
    }
}

extension Shape where Value == Bool {
    static var bool: Self {
        Self(.bool) { json, name throws(Malformed) in
            guard case .bool(let value) = json else { throw .wrong(field: name) }
            return value
        } write: {
            .bool($0)
        }
    }
}

extension Shape where Value: FixedWidthInteger & Sendable {
    static func whole(_ range: ClosedRange<Int>) -> Self {
        Self(.whole(range)) { json, name throws(Malformed) in
            guard case .whole(let value) = json, range.contains(value), let value = Value(exactly: value) else {
                throw .wrong(field: name)
            }
            return value
        } write: {
            .whole(Int($0))
        }
    }
}

extension Shape where Value: CaseIterable & RawRepresentable<String> & Sendable {
    /// One of the words of a closed enum.
    static var choice: Self {
        Self(.choice(Value.allCases.map(\.rawValue))) { json, name throws(Malformed) in
            guard case .text(let word) = json, let value = Value(rawValue: word) else { throw .wrong(field: name) }
            return value
        } write: {
            .text($0.rawValue)
        }
    }
}

extension Shape where Value: Identifier {
    /// An id, under its own name.
    static var id: Self {
        Self(.named("\(Value.self)", Value.form)) { json, name throws(Malformed) in
            guard case .text(let text) = json, let value = Value(text) else { throw .wrong(field: name) }
            return value
        } write: {
            .text($0.text)
        }
    }
}

extension Shape {
    /// An array with a bound.
    static func list<Element>(_ element: Shape<Element>, atMost bound: Int) -> Self where Value == [Element] {
        Self(.list(element.outline, atMost: bound)) { json, name throws(Malformed) in
            guard case .list(let elements) = json, elements.count <= bound else { throw .wrong(field: name) }
            var values: [Element] = []
            for json in elements { values.append(try element.read(json, name)) }
            return values
        } write: {
            .list($0.map(element.write))
        }
    }

    /// The value or `null`; the field itself is always there.
    static func nullable<Wrapped>(_ shape: Shape<Wrapped>) -> Self where Value == Wrapped? {
        Self(.nullable(shape.outline)) { json, name throws(Malformed) in
            if case .null = json { return nil }
            return try shape.read(json, name)
        } write: {
            $0.map(shape.write) ?? .null
        }
    }

    /// The same JSON, another Swift type.
    func map<Other>(
        _ into: @escaping @Sendable (Value) -> Other, _ from: @escaping @Sendable (Other) -> Value
    ) -> Shape<Other> {
        Shape<Other>(self.outline) { json, name throws(Malformed) in
            into(try self.read(json, name))
        } write: {
            self.write(from($0))
        }
    }
}
