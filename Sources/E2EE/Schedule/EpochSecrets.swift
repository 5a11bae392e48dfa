/// The secrets of an epoch (RFC 9420 §8, Table 4). Each lives as long as `e2ee.md` 13, Deletion, says: the epoch, but the
/// encryption secret, which becomes the secret tree at once, and the exporter secret, dropped when it has been used.
struct EpochSecrets: Sendable {
    /// Nothing in an epoch that was kept (`SavedGroup`), where nothing is opened.
    var senderData: HeldSecret?
    /// Moves into the secret tree.
    var encryption: HeldSecret?
    /// Dropped after the exports of the epoch.
    var exporter: HeldSecret?
    var external: HeldSecret
    var confirmation: HeldSecret
    var membership: HeldSecret
    var resumption: HeldSecret
    /// Nothing in an epoch that was kept.
    var authenticator: HeldSecret?
    /// For the next epoch.
    var initial: HeldSecret
}
