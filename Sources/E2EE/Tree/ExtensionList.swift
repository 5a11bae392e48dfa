/// The extensions of the group, a leaf, a key package or a GroupInfo, with those that the standard gives a meaning.
struct ExtensionList: Sendable {
    /// Numbers of RFC 9420 §17.3.
    enum Number {
        static let applicationID: UInt16 = 1
        static let ratchetTree: UInt16 = 2
        static let requiredCapabilities: UInt16 = 3
        static let externalPub: UInt16 = 4
        static let externalSenders: UInt16 = 5
    }

    var list: [Extension]

    init(_ list: [Extension]) { self.list = list }

    subscript(type: UInt16) -> [UInt8]? { self.list.first { $0.type == type }?.data }

    /// No type stands twice (§13.4).
    var hasNoDuplicates: Bool { Set(self.list.map { $0.type }).count == self.list.count }

    func requiredCapabilities() throws(E2EEError) -> RequiredCapabilities? {
        guard let data = self[Number.requiredCapabilities] else { return nil }
        return try RequiredCapabilities(decoding: data)
    }

    func externalSenders() throws(E2EEError) -> [ExternalSender] {
        guard let data = self[Number.externalSenders] else { return [] }
        return try ExternalSenders(decoding: data).senders
    }

    func externalPub() throws(E2EEError) -> [UInt8]? {
        guard let data = self[Number.externalPub] else { return nil }
        return try ExternalPub(decoding: data).externalPub
    }

    /// What a GroupContext may hold: each type once, and those we know well-formed.
    func checkGroupContext() throws(E2EEError) {
        guard self.hasNoDuplicates else { throw E2EEError(.validation, .extensions) }
        let isShort = try self.requiredCapabilities()?.isShort ?? true
        guard isShort, self.list.count <= Capabilities.countMax else { throw E2EEError(.validation, .limit) }
        _ = try self.externalSenders()
    }
}
