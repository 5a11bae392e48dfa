internal import E2EE

/// What a scan of memory says about the secrets of a ledger, by what should have become of them.
package struct SecretReport: Sendable {
    /// Secrets that should be gone and were found, with where; and secrets that are needed and were not.
    package private(set) var faults: [String] = []
    /// How many should be gone.
    package private(set) var gone = 0
    /// How many are needed, and were found.
    package private(set) var held = 0

    /// Scans this process.
    package init(_ ledger: SecretLedger, _ schedule: SecretSchedule) {
        let entries = ledger.entries
        let fates = entries.map(schedule.fate(of:))
        var regions: [Int: [String: Int]] = [:]
        for find in MemoryScan(masked: entries.map { $0.masked }).finds() {
            let place = "\(find.region) at \(String(find.address, radix: 16)), byte \(find.offset)"
            regions[find.secret, default: [:]][place, default: 0] += 1
        }
        for (index, (entry, fate)) in zip(entries, fates).enumerated() {
            switch (fate, regions[index]) {
            case (.gone, let places):
                self.gone += 1
                guard let places else { continue }
                let found = places.sorted { $0.key < $1.key }.map { "\($0.value) in \($0.key)" }
                self.faults.append("found: \(entry.name): \(found.joined(separator: ", "))")
            case (.held, nil): self.faults.append("missing: \(entry.name)")
            case (.held, _): self.held += 1
            case (.either, _): break
            }
        }
    }
}

extension SecretLedger.Entry {
    /// For reading a report; no byte of the secret is in it.
    package var name: String {
        let name =
            switch self.kind {
            case .derived(let name): name.title
            case .root(let name): "root of \(name.title)"
            case .extracted: "extracted"
            case .encapsulated: "encapsulated"
            case .privateKey: "private key"
            case .signatureKey: "signature key"
            }
        return self.epoch.map { "\(name) of epoch \($0)" } ?? name
    }
}

extension DerivationLabel.Name {
    /// For reading a report.
    package var title: String { self.text.isEmpty ? self.origin.rawValue : "\(self.origin.rawValue) \(self.text)" }
}

extension TestMember {
    /// What is alive in the meeting they are in, as they know it. Nobody has moved on without them.
    package func schedule(linkKeys: Set<[UInt8]>) throws -> SecretSchedule {
        var schedule = SecretSchedule()
        schedule.epoch = self.epochsInLedger.last
        let tree = try self.engine.copyOfTree()
        schedule.encryptionKeys = Set(tree.encryptionKeys)
        schedule.signatureKeys = Set(tree.members.compactMap { tree.leaf($0)?.signatureKey })
        schedule.linkKeys = linkKeys
        return schedule
    }
}
