/// What the delivery service says to a client (`e2ee.md` 5).
package enum DeliveryEvent: Equatable, Sendable {
    /// 40: the first frame of a connection.
    case hello(Hello)
    /// 41: done.
    case ok
    /// 42: not done.
    case failed(DeliveryFailure)
    /// 43: a message in the order of its group.
    case ordered(Ordered)
    /// 44: a Welcome whose Commit won.
    case welcome(Welcome)
    /// 45: somebody has to do something.
    case duty(Duty)
    /// 46: a leaf has no connection.
    case lost(Lost)
    /// 47: something at the door.
    case lobby(LobbyMessage)
    /// 48: what was asked for.
    case data(DeliveryData)
    /// 49: a group is no more.
    case ended(GroupID)
    /// 4A: a Commit is taken back.
    case voided(Voided)
    /// 4B: a joiner's Commit to be judged.
    case candidate(Candidate)
}
