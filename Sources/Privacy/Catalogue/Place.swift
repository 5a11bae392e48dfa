/// Where something is kept. A kind of place stands here once there is a gate that finds an undeclared one
/// (`privacy.md` 2.2).
package enum Place: Hashable, Sendable {
    /// A column of the database.
    case column(table: String, name: String)
    /// A cookie, by its name.
    case cookie(String)
    /// A file of the data folder; `{subject}` stands for an account's id, `{blob}` for a random name.
    case file(String)
    /// What the page keeps in a browser, by the name of its database.
    case webStorage(String)
}

extension Place: CustomStringConvertible {
    /// As the gate's messages name it.
    package var description: String {
        switch self {
        case .column(let table, let name): "column \(table).\(name)"
        case .cookie(let name): "cookie \(name)"
        case .file(let template): "file \(template)"
        case .webStorage(let name): "web storage \(name)"
        }
    }
}
