/// The pre-shared keys a client has (RFC 9420 §8.4). One key of an epoch serves every usage; who may use it for what is
/// checked with the proposal.
package struct PreSharedKeys: Sendable {
    private var keys: [PreSharedKeyID.Name: HeldSecret] = [:]

    /// None.
    package init() {}

    /// Keeps a key of the application.
    package mutating func set(external identifier: [UInt8], _ key: HeldSecret) {
        self.keys[.external(identifier)] = key
    }

    /// Keeps the resumption key of an epoch.
    package mutating func set(resumption groupID: [UInt8], epoch: UInt64, _ key: HeldSecret) {
        self.keys[.resumption(.application, groupID: groupID, epoch: epoch)] = key
    }

    /// Forgets the resumption keys of epochs before `epoch`.
    mutating func forget(before epoch: UInt64) {
        self.keys = self.keys.filter { name, _ in
            if case .resumption(_, _, let own) = name { own >= epoch } else { true }
        }
    }

    /// Names of the keys held.
    package var names: [PreSharedKeyID.Name] { Array(self.keys.keys) }

    func key(_ name: PreSharedKeyID.Name) -> HeldSecret? {
        switch name {
        case .external: self.keys[name]
        case .resumption(_, let groupID, let epoch):
            self.keys[.resumption(.application, groupID: groupID, epoch: epoch)]
        }
    }
}
