/// Something that a server does other than this version would. Texts in it are the server's own: whoever shows them to a
/// person makes them harmless first.
package enum VerifyFinding: Hashable, Sendable {
    /// Other bytes: SHA-256 of what should come and of what came, and the first line that differs, for texts.
    case changed(path: String, line: Int?, expected: String, found: String)
    /// A page of this version over other files, or what follows from them at the root. Which ones, other findings say.
    case derived(path: String)
    /// It sends visitors elsewhere; nobody went there.
    case redirected(path: String, to: String)
    /// Something is answered, but not the file.
    case missing(path: String, status: Int)
    /// The answer went on beyond this many bytes.
    case endless(path: String, bytes: Int)
    /// An address at which this version has nothing.
    case unexpected(path: String)
    /// The page names a file that the bundle has not.
    case unknownFile(name: String)
    /// A header is missing, weaker or another one at these paths. Without `expected` this version sends none of the name.
    case header(name: String, expected: String?, found: [String], paths: [String])
}
