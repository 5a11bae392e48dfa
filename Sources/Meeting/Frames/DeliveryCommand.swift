/// What a client says to the delivery service (`e2ee.md` 5). The list is closed; a type that is not in it is refused.
package enum DeliveryCommand: Equatable, Sendable {
    /// 01: there is a group.
    case create(Create)
    /// 02: may I come in?
    case knock(LobbyRequest)
    /// 03: opens the commitment of a knock.
    case reveal(LobbyReveal)
    /// 04: a host's answer to a knock.
    case answer(LobbyAnswer)
    /// 05: a word to somebody who waits.
    case note(LobbyNote)
    /// 06: a Commit and what goes with it.
    case commit(Commit)
    /// 07: a proposal, as an MLSMessage.
    case propose([UInt8])
    /// 08: an application message.
    case app(App)
    /// 09: asks for something that is stored.
    case get(Get)
    /// 0A: KeyPackages for others to add this client with, one MLSMessage after the other.
    case keyPackages([UInt8])
    /// 0B: the next Commit slot, for two seconds.
    case reserve(GroupID)
    /// 0C: a Commit was refused.
    case fault(Fault)
    /// 0D: a Commit was applied, or a candidate judged.
    case ack(Ack)
    /// 0E: the tree as it is.
    case snapshot(Snapshot)
    /// 0F: this connection holds a leaf.
    case bind(Bind)
    /// 10: a certificate that made somebody a co-host counts no more, by the key that it is of or came from.
    case withdraw(LeafKey)
}
