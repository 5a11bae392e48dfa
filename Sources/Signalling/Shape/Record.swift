/// An object with fixed fields, as the body of a message or inside one.
struct Record<Value>: Sendable {
    let outline: RecordOutline
    /// Reads the fields of an object from which `area` and `type` are already gone.
    let read: @Sendable ([JSONMember]) throws(Malformed) -> Value
    let write: @Sendable (Value) -> [JSONMember]

    /// `make` is the memberwise initialiser; the fields stand in its order.
    init<each Part>(
        _ name: String, _ make: @escaping @Sendable (repeat each Part) -> Value,
        _ fields: repeat Field<Value, each Part>
    ) {
        let fields = (repeat each fields)
        var outlines: [FieldOutline] = []
        for field in repeat each fields { outlines.append(field.outline) }
        let known = outlines.map(\.name)
        self.outline = RecordOutline(name: name, fields: outlines)
        self.read = { members throws(Malformed) in
            guard members.allSatisfy({ known.contains($0.name) }) else { throw .unknownField }
            return make(repeat try (each fields).read(members))
        }
        self.write = { value in
            var members: [JSONMember] = []
            for field in repeat each fields {
                if let json = field.write(value) { members.append(JSONMember(field.name.description, json)) }
            }
            return members
        }
    }

    /// The record as a value inside another.
    var shape: Shape<Value> {
        Shape(.record(self.outline)) { json, name throws(Malformed) in
            guard case .object(let members) = json else { throw .wrong(field: name) }
            return try self.read(members)
        } write: {
            .object(self.write($0))
        }
    }
}
