/// Who comes in how (`e2ee.md` 4.1).
package enum Admission: UInt8, Sendable, CaseIterable {
    /// Somebody lets them in.
    case waiting = 1
    /// The link is enough.
    case open = 2
    /// An organisation's word is enough.
    case members = 3
    /// Nobody new.
    case closed = 4
}
