/// What the server says about sealed files. It knows their sealed size and who brought them, and no name, key or content.
package enum FileEvent: Equatable, Sendable {
    /// There is room: `token` lets its bytes be brought. The answer to a create; they are answered in order.
    case created(Created)
    /// `token` lets its bytes be fetched.
    case opened(Opened)
    /// It is deleted; everybody who has a seat hears it.
    case retracted(FileCommand.Subject)
    /// What was asked is not done.
    case failed(Failed)
}

extension FileEvent {
    /// A new file.
    package struct Created: Equatable, Sendable {
        /// Where it lies.
        package var blob: BlobID
        /// For bringing it.
        package var token: BlobToken

        /// A new file.
        package init(blob: BlobID, token: BlobToken) {
            self.blob = blob
            self.token = token
        }
    }

    /// A file that can be fetched.
    package struct Opened: Equatable, Sendable {
        /// Which.
        package var blob: BlobID
        /// For fetching it.
        package var token: BlobToken
        /// Bytes of the sealed object.
        package var size: Int

        /// A file that can be fetched.
        package init(blob: BlobID, token: BlobToken, size: Int) {
            self.blob = blob
            self.token = token
            self.size = size
        }
    }

    /// Something that is not done.
    package struct Failed: Equatable, Sendable {
        /// Which file; nil where none was made.
        package var blob: BlobID?
        /// Why.
        package var failure: FileFailure

        /// Something that is not done.
        package init(blob: BlobID? = nil, failure: FileFailure) {
            self.blob = blob
            self.failure = failure
        }
    }

    static let union = Union<Self>(
        "FileEvent", area: "file",
        .body("created", Created.record, { .created($0) }, { if case .created(let body) = $0 { body } else { nil } }),
        .body("opened", Opened.record, { .opened($0) }, { if case .opened(let body) = $0 { body } else { nil } }),
        .body(
            "retracted", FileCommand.Subject.record, { .retracted($0) },
            { if case .retracted(let body) = $0 { body } else { nil } }),
        .body("failed", Failed.record, { .failed($0) }, { if case .failed(let body) = $0 { body } else { nil } }))
}

extension FileEvent.Created {
    static let record = Record<Self>(
        "Created", Self.init, .required("blob", \.blob, .id), .required("token", \.token, .id))
}

extension FileEvent.Opened {
    static let record = Record<Self>(
        "Opened", Self.init,
        .required("blob", \.blob, .id),
        .required("token", \.token, .id),
        .required("size", \.size, .whole(FileLimits.sizes)))
}

extension FileEvent.Failed {
    static let record = Record<Self>(
        "Failed", Self.init,
        .optional("blob", \.blob, .id),
        .required("failure", \.failure, FileFailure.union.shape))
}
