internal import Foundation
internal import GRDB
internal import Signalling

extension Row {
    /// Bytes that must be there.
    func bytes(_ column: String) throws(StorageFailure) -> [UInt8] {
        guard let bytes = try self.bytesIfAny(column) else { throw .damaged }
        return bytes
    }

    /// Bytes, or nothing.
    func bytesIfAny(_ column: String) throws(StorageFailure) -> [UInt8]? {
        let value: DatabaseValue = self[column]
        if value.isNull { return nil }
        guard let data = Data.fromDatabaseValue(value) else { throw .damaged }
        return [UInt8](data)
    }

    /// A whole number.
    func number(_ column: String) throws(StorageFailure) -> Int {
        guard let number = Int.fromDatabaseValue(self[column]) else { throw .damaged }
        return number
    }

    /// One of the words of a closed list.
    func word<Word: RawRepresentable<String>>(_ column: String, _: Word.Type) throws(StorageFailure) -> Word {
        guard let text = String.fromDatabaseValue(self[column]), let word = Word(rawValue: text) else { throw .damaged }
        return word
    }

    /// An id of bytes.
    func id<ID: Identifier>(_ column: String, _: ID.Type) throws(StorageFailure) -> ID {
        guard let id = ID(Base64URL.encode(try self.bytes(column))) else { throw .damaged }
        return id
    }
}

extension [UInt8] {
    /// As the database takes them.
    var blob: Data { Data(self) }
}

extension Identifier {
    /// As the database takes it.
    var blob: Data { Data(self.decoded) }
}
