internal import Privacy
internal import Signalling

/// The keys of accounts: `keys/`, one wrapped key a file, beside the database and in none of its back-ups.
struct KeyFolder: KeyStore {
    private static let name = "keys"

    private let folder: String
    private let installation: InstallationKeys
    private let witness: DurableFile.Witness?

    /// Inside the data folder.
    init(in data: String, _ installation: InstallationKeys, _ witness: DurableFile.Witness?) throws(StorageFailure) {
        self.folder = data + "/" + Self.name
        self.installation = installation
        self.witness = witness
        try DurableFile.makeFolder(self.folder)
    }

    func make(for subject: SubjectID) throws(KeyStoreFailure) -> SubjectKey {
        let key = SubjectKey.random()
        do {
            let wrapped = try self.installation.wrap(key, of: subject)
            try DurableFile.write(wrapped, to: self.path(of: subject), in: self.folder, self.witness)
        } catch {
            throw .unwritable
        }
        return key
    }

    func key(of subject: SubjectID) throws(KeyStoreFailure) -> SubjectKey {
        let wrapped: [UInt8]?
        do { wrapped = try DurableFile.read(self.path(of: subject)) } catch { throw .unwritable }
        guard let wrapped else { throw .missing }
        do { return try self.installation.unwrap(wrapped, of: subject) } catch { throw .damaged }
    }

    func destroy(_ subject: SubjectID) throws(KeyStoreFailure) {
        do {
            try DurableFile.destroy(self.path(of: subject), in: self.folder, self.witness)
        } catch {
            throw .unwritable
        }
    }

    private func path(of subject: SubjectID) -> String {
        "\(self.folder)/\(Base64URL.encode(subject.bytes)).key"
    }
}
