/// One row of the catalogue: a place where something is kept, and all that must be known of it (`privacy.md` 2.1). None
/// of it can be left out. The data sheet, the gate of the build and the code itself read the same rows.
package struct Entry: Equatable, Sendable {
    /// Where.
    package let place: Place
    /// What sort of data.
    package let dataClass: DataClass
    /// Whom it is about.
    package let subject: Subject
    /// In which form it lies there.
    package let form: Form
    /// What for, and by which right; never empty.
    package let uses: [Use]
    /// As whom the installation keeps it.
    package let role: Role
    /// When it goes.
    package let retention: Retention
    /// Where in the world.
    package let region: Region
    /// Who may see it in the product; empty = nobody.
    package let readers: Set<Reader>
    /// From whom it comes (GDPR Art. 15(1)(g)).
    package let source: Source
    /// Why this field, and why this long.
    package let necessity: Necessity

    /// A row, complete.
    package init(
        _ place: Place, _ dataClass: DataClass, of subject: Subject, _ form: Form, for uses: [Use], as role: Role,
        _ retention: Retention, in region: Region, readers: Set<Reader>, from source: Source,
        because necessity: Necessity
    ) {
        precondition(!uses.isEmpty, "nothing is kept without a purpose")
        self.place = place
        self.dataClass = dataClass
        self.subject = subject
        self.form = form
        self.uses = uses
        self.role = role
        self.retention = retention
        self.region = region
        self.readers = readers
        self.source = source
        self.necessity = necessity
    }

    /// What it may be read for.
    package var purposes: Set<PurposeName> { Set(self.uses.map(\.purpose)) }
}
