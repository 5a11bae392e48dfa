/// A personal value on its way through the program (`privacy.md` 6.1). It cannot be printed, compared or encoded;
/// whoever needs it says what for, and a purpose that the field's row does not have does not compile. What came from
/// the database stays ciphertext until then.
package struct Personal<F: Field>: Sendable {
    private enum Held: Sendable {
        case plain(F.Value)
        case sealed([UInt8], row: [UInt8], SubjectKey)
    }

    private let held: Held

    /// A value that its subject, or somebody else, has just given.
    package init(_ value: F.Value) {
        self.held = .plain(value)
    }

    /// What stands in a row of the field's column.
    package init(sealed: [UInt8], row: [UInt8], key: SubjectKey) {
        self.held = .sealed(sealed, row: row, key)
    }

    /// For a row of the field's column, under its subject's key.
    package func sealed(row: [UInt8], key: SubjectKey) throws(SealFailure) -> [UInt8] {
        try Seal.seal(F.bytes(of: self.value()), at: F.entry.place, row: row, key: key)
    }

    /// The value, counted. Each field's file in the catalogue has a `read` that asks for an allowed purpose and calls
    /// this.
    func open<P: Purpose>(for _: P.Type, _ ledger: PurposeLedger) throws(SealFailure) -> F.Value {
        ledger.count(P.name, F.entry)
        return try self.value()
    }

    private func value() throws(SealFailure) -> F.Value {
        switch self.held {
        case .plain(let value): return value
        case .sealed(let bytes, let row, let key):
            let plain = try Seal.open(bytes, at: F.entry.place, row: row, key: key)
            guard let value = F.value(of: plain) else { throw .damaged }
            return value
        }
    }
}

extension Personal: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The field's name and nothing else.
    package var description: String { "‹\(F.self)›" }
    /// The field's name and nothing else.
    package var debugDescription: String { self.description }
    /// Without children.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
