internal import Meeting

/// `accounts.seen`: the latest time that was seen, beside the database and in none of its back-ups. A database that has seen
/// less was brought back from one.
struct SeenTime: Sendable {
    private static let name = "accounts.seen"

    private let folder: String
    private let witness: DurableFile.Witness?

    /// Inside the data folder.
    init(in data: String, _ witness: DurableFile.Witness?) {
        self.folder = data
        self.witness = witness
    }

    private var path: String { "\(self.folder)/\(Self.name)" }

    /// Nil where none was written yet.
    func read() throws(StorageFailure) -> WallTime? {
        guard let bytes = try DurableFile.read(self.path) else { return nil }
        guard let seconds = Int(String(decoding: bytes, as: UTF8.self)) else { throw .damaged }
        return WallTime(seconds: seconds)
    }

    func write(_ time: WallTime) throws(StorageFailure) {
        try DurableFile.write(Array(String(time.seconds).utf8), to: self.path, in: self.folder, self.witness)
    }
}
