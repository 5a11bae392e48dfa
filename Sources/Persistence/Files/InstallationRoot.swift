internal import Crypto
internal import Privacy

/// `accounts.key`: what everything of accounts is wrapped and found by. Made at the first start; whoever loses it has lost
/// the accounts, which is why a database without it is not started with a new one.
enum InstallationRoot {
    private static let name = "accounts.key"

    /// Reads it, or makes it where there is no database yet.
    static func keys(
        in data: String, hasDatabase: Bool, _ witness: DurableFile.Witness?
    ) throws(StorageFailure) -> InstallationKeys {
        let path = data + "/" + Self.name
        if var bytes = try DurableFile.read(path) {
            defer { DurableFile.wipe(&bytes) }
            guard bytes.count == InstallationKeys.rootBytes else { throw .damaged }
            return InstallationKeys(root: SymmetricKey(data: bytes))
        }
        guard !hasDatabase else { throw .keyMissing }
        let root = SymmetricKey(size: SymmetricKeySize(bitCount: InstallationKeys.rootBytes * 8))
        // SAFETY: the bytes are copied before the closure ends.
        var bytes = unsafe root.withUnsafeBytes { unsafe [UInt8]($0) }
        defer { DurableFile.wipe(&bytes) }
        try DurableFile.write(bytes, to: path, in: data, witness)
        return InstallationKeys(root: root)
    }
}
