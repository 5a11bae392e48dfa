/// What somebody's rows of one table lie under.
package struct TaggedTable: Equatable, Sendable {
    /// The table.
    package var table: String
    /// The tag that their code has for it.
    package var tag: ReceiptTag

    /// What somebody's rows of one table lie under.
    package init(table: String, tag: ReceiptTag) {
        self.table = table
        self.tag = tag
    }

    static let record = Record<Self>(
        "TaggedTable", Self.init, .required("table", \.table, .text(ReceiptLimits.name)), .required("tag", \.tag, .id))
}

/// A question about a receipt code, which itself stays in the browser.
package struct ReceiptQuery: Equatable, Sendable {
    /// A tag for each table that is looked into.
    package var tags: [TaggedTable]

    /// A question about a receipt code.
    package init(tags: [TaggedTable]) {
        self.tags = tags
    }
}

extension ReceiptQuery: RecordBody {
    static let record = Record<Self>(
        "ReceiptQuery", Self.init,
        .required("tags", \.tags, .list(TaggedTable.record.shape, atMost: ReceiptLimits.tables)))
}

/// What lies in one table under a tag.
package struct ReceiptFinding: Equatable, Sendable {
    /// The table.
    package var table: String
    /// How many rows.
    package var rows: Int

    /// What lies in one table under a tag.
    package init(table: String, rows: Int) {
        self.table = table
        self.rows = rows
    }

    static let record = Record<Self>(
        "ReceiptFinding", Self.init, .required("table", \.table, .text(ReceiptLimits.name)),
        .required("rows", \.rows, .whole(0...JSONLimits.magnitude)))
}

/// What was found, with every table that was looked into.
package struct ReceiptFindings: Equatable, Sendable {
    /// In the order of the question.
    package var searched: [ReceiptFinding]

    /// What was found.
    package init(searched: [ReceiptFinding]) {
        self.searched = searched
    }
}

extension ReceiptFindings: RecordBody {
    static let record = Record<Self>(
        "ReceiptFindings", Self.init,
        .required("searched", \.searched, .list(ReceiptFinding.record.shape, atMost: ReceiptLimits.tables)))
}
