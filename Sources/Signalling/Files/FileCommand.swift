/// What a client asks about sealed files that lie on the server until the meeting ends. Their bytes travel over HTTP.
package enum FileCommand: Equatable, Sendable {
    /// Room for one more.
    case create(Create)
    /// To fetch one.
    case open(Subject)
    /// To have one deleted, by whoever brought it or by one who leads.
    case retract(Subject)
}

extension FileCommand {
    /// A new file.
    package struct Create: Equatable, Sendable {
        /// Bytes of the sealed object, which is a little larger than the file.
        package var size: Int

        /// A new file.
        package init(size: Int) { self.size = size }
    }

    /// Which file.
    package struct Subject: Equatable, Sendable {
        /// Where it lies.
        package var blob: BlobID

        /// Which file.
        package init(blob: BlobID) { self.blob = blob }
    }

    static let union = Union<Self>(
        "FileCommand", area: "file",
        .body("create", Create.record, { .create($0) }, { if case .create(let body) = $0 { body } else { nil } }),
        .body("open", Subject.record, { .open($0) }, { if case .open(let body) = $0 { body } else { nil } }),
        .body("retract", Subject.record, { .retract($0) }, { if case .retract(let body) = $0 { body } else { nil } }))
}

extension FileCommand.Create {
    static let record = Record<Self>("Create", Self.init, .required("size", \.size, .whole(FileLimits.sizes)))
}

extension FileCommand.Subject {
    static let record = Record<Self>("Subject", Self.init, .required("blob", \.blob, .id))
}
