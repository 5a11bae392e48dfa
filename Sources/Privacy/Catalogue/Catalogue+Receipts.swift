extension Catalogue {
    /// What the column is called by which whoever has no account finds what is kept of them.
    package static let receiptTag = "receipt_tag"
}

extension [Entry] {
    /// Tables whose rows are found by a receipt code (`privacy.md` 5.4), by name.
    package var receiptTables: [String] {
        self.tables { $0.contains { $0.form == .receiptTag } }
    }

    /// Tables with things of people who have an account, and of nobody who has none, by name.
    package var accountTables: [String] {
        self.tables { rows in
            let subjects = Set(rows.map(\.subject)).subtracting([.none])
            return !subjects.isEmpty && subjects.isSubset(of: [.user, .staff])
        }
    }

    /// What is kept of whoever has no account beyond the meeting, where no receipt code leads; there must be nothing.
    package var outOfReach: [Entry] {
        let reached = Set(self.receiptTables)
        return self.filter { entry in
            guard entry.subject.isFoundByReceipt, entry.retention != .untilEvent(.meetingEnd) else { return false }
            return switch entry.place {
            case .column(let table, _): !reached.contains(table)
            // A file that goes with its row is found by it.
            case .file: entry.retention != .whileParent
            case .cookie, .webStorage: true
            }
        }
    }

    private func tables(where isMeant: ([Entry]) -> Bool) -> [String] {
        var rows: [String: [Entry]] = [:]
        for entry in self {
            if case .column(let table, _) = entry.place { rows[table, default: []].append(entry) }
        }
        return rows.filter { isMeant($0.value) }.keys.sorted()
    }
}
