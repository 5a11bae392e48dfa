internal import Foundation

/// 32 random bytes that this installation keeps: the delivery service signs its Removes with keys made from it (`e2ee.md` 5,
/// rule 4), and passcodes are kept as hashes under another. A planned meeting that is joined again after a restart finds the same
/// keys. It opens no meeting: whoever has it may take people out, which the server can do anyway.
struct InstallationSecret {
    private static let name = "installation.key"
    static let byteCount = 32

    let bytes: [UInt8]

    /// Reads the file in the data directory, or makes it, readable for the owner alone.
    init(in folder: URL) throws {
        let file = folder.appending(path: Self.name)
        let path = file.path(percentEncoded: false)
        do {
            if FileManager.default.fileExists(atPath: path) {
                self.bytes = [UInt8](try Data(contentsOf: file))
            } else {
                var generator = SystemRandomNumberGenerator()
                self.bytes = (0..<Self.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
                guard
                    FileManager.default.createFile(
                        atPath: path, contents: Data(self.bytes), attributes: [.posixPermissions: 0o600])
                else { throw CocoaError(.fileWriteUnknown) }
            }
        } catch {
            throw Refusal("\(path) cannot be read or written; check who owns the data directory.")
        }
        guard self.bytes.count == Self.byteCount else {
            throw Refusal(
                "\(path) is damaged; move it away and start again. Meetings that are going on have to be opened anew.")
        }
    }
}
