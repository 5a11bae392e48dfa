/// Removes the member that sends it (draft-ietf-mls-extensions, SelfRemove). It is empty: who leaves is who signed. Unlike
/// Remove it may stand in an external Commit, so that somebody who left is never waited for.
package struct SelfRemove: Equatable, Sendable {
    /// The one value.
    package init() {}
}
