/// A personal field that is sealed under its subject's key: what its value is, and its row of the catalogue.
package protocol Field: Sendable {
    /// What is read.
    associatedtype Value: Sendable
    /// Its row, which names the column.
    static var entry: Entry { get }
    /// The value as bytes, to be sealed.
    static func bytes(of value: Value) -> [UInt8]
    /// The value again; nil for bytes that are none.
    static func value(of bytes: [UInt8]) -> Value?
}

extension Field where Value == String {
    /// UTF-8.
    package static func bytes(of value: String) -> [UInt8] { Array(value.utf8) }
    /// UTF-8 again.
    package static func value(of bytes: [UInt8]) -> String? { String(validating: bytes, as: UTF8.self) }
}

extension Field where Value == [UInt8] {
    /// As it is.
    package static func bytes(of value: [UInt8]) -> [UInt8] { value }
    /// As it is.
    package static func value(of bytes: [UInt8]) -> [UInt8]? { bytes }
}
