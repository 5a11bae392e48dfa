/// A closed enum on the wire: a flat object whose `type` names the case.
struct Union<Value>: Sendable {
    let outline: UnionOutline
    private let cases: [UnionCase<Value>]

    init(_ name: String, area: String? = nil, _ cases: UnionCase<Value>...) {
        self.outline = UnionOutline(name: name, area: area, cases: cases.map(\.outline))
        self.cases = cases
    }

    /// Reads an object whose `area` the caller has already followed here.
    func read(_ members: [JSONMember]) throws(Malformed) -> Value {
        guard case .text(let type)? = members["type"], let found = self.cases.first(where: { $0.outline.type == type })
        else { throw .unknownType }
        return try found.read(members.filter { $0.name != "type" && (self.outline.area == nil || $0.name != "area") })
    }

    func write(_ value: Value) -> JSON {
        for candidate in self.cases {
            guard let members = candidate.write(value) else { continue }
            let area = self.outline.area.map { [JSONMember("area", .text($0))] } ?? []
            return .object(area + [JSONMember("type", .text(candidate.outline.type))] + members)
        }
        // Each case is declared beside the enum; the round-trip tests visit all of them.
        preconditionFailure("a case of \(self.outline.name) has no shape")
    }

    /// The union as a value inside a message.
    var shape: Shape<Value> {
        Shape(.union(self.outline)) { json, name throws(Malformed) in
            guard case .object(let members) = json else { throw .wrong(field: name) }
            return try self.read(members)
        } write: {
            self.write($0)
        }
    }
}

/// One case of a union.
struct UnionCase<Value>: Sendable {
    let outline: CaseOutline
    let read: @Sendable ([JSONMember]) throws(Malformed) -> Value
    let write: @Sendable (Value) -> [JSONMember]?

    /// A case with a body.
    static func body<Body>(
        _ type: String, _ record: Record<Body>, _ make: @escaping @Sendable (Body) -> Value,
        _ body: @escaping @Sendable (Value) -> Body?
    ) -> Self {
        Self(
            outline: CaseOutline(type: type, fields: record.outline.fields),
            read: { members throws(Malformed) in make(try record.read(members)) },
            write: { body($0).map(record.write) })
    }

    /// A case with nothing to say beyond its name.
    static func bare(_ type: String, _ value: Value) -> Self where Value: Equatable & Sendable {
        Self(
            outline: CaseOutline(type: type, fields: []),
            read: { members throws(Malformed) in
                guard members.isEmpty else { throw .unknownField }
                return value
            },
            write: { $0 == value ? [] : nil })
    }
}
