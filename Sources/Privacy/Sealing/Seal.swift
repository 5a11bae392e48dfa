internal import Crypto
internal import Foundation

/// Sealing a field: AES-256-GCM, bound to its table, column and row, so that nobody who can write the file can put one
/// value in another's place (`privacy.md` 3.5).
enum Seal {
    static func seal(_ plain: [UInt8], at place: Place, row: [UInt8], key: SubjectKey) throws(SealFailure) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(plain, using: key.key, authenticating: Self.address(place, row))
            // The default nonce has 12 bytes, with which there is a combined form.
            guard let combined = box.combined else { throw SealFailure.damaged }
            return [UInt8](combined)
        } catch {
            throw .damaged
        }
    }

    static func open(_ sealed: [UInt8], at place: Place, row: [UInt8], key: SubjectKey) throws(SealFailure) -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return [UInt8](try AES.GCM.open(box, using: key.key, authenticating: Self.address(place, row)))
        } catch {
            throw .damaged
        }
    }

    /// Each part with its length, so that no two addresses are the same bytes.
    private static func address(_ place: Place, _ row: [UInt8]) -> [UInt8] {
        guard case .column(let table, let name) = place else {
            preconditionFailure("only columns of the database are sealed")
        }
        return [Array(table.utf8), Array(name.utf8), row].flatMap { part in
            [UInt8(truncatingIfNeeded: part.count)] + part
        }
    }
}
