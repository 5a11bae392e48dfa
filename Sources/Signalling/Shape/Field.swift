/// One field of a record: where it stands on the wire and where in the Swift value.
struct Field<Owner, Value>: Sendable {
    let name: StaticName
    let outline: FieldOutline
    let read: @Sendable ([JSONMember]) throws(Malformed) -> Value
    let write: @Sendable (Owner) -> JSON?

    static func required(
        _ name: String, _ path: any KeyPath<Owner, Value> & Sendable, _ shape: Shape<Value>
    ) -> Self {
        let name = StaticName(name)
        return Self(
            name: name, outline: FieldOutline(name: name.description, outline: shape.outline, presence: .required),
            read: { members throws(Malformed) in
                guard let json = members[name.description] else { throw .missing(field: name) }
                return try shape.read(json, name)
            },
            write: { shape.write($0[keyPath: path]) })
    }

    /// A field that may be left out. `null` is not the same as absent and is refused.
    static func optional<Wrapped>(
        _ name: String, _ path: any KeyPath<Owner, Wrapped?> & Sendable, _ shape: Shape<Wrapped>
    ) -> Self where Value == Wrapped? {
        let name = StaticName(name)
        return Self(
            name: name, outline: FieldOutline(name: name.description, outline: shape.outline, presence: .optional),
            read: { members throws(Malformed) in
                guard let json = members[name.description] else { return nil }
                return try shape.read(json, name)
            },
            write: { $0[keyPath: path].map(shape.write) })
    }
}
