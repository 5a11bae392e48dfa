/// What an engine is given.
package enum EngineInput: Sendable {
    /// The connection to the delivery service stands; its Hello follows.
    case connected
    /// It is gone.
    case disconnected
    /// One binary message of it.
    case wire([UInt8])
    /// What the person, or the page for them, wants.
    case command(EngineCommand)
    /// Time passed; four times a second is enough.
    case tick
}

/// What a person can want of the group. What is not possible now is answered by `EngineOutput.refused`.
package enum EngineCommand: Equatable, Sendable {
    /// Go in, by whatever way the link opens.
    case enter
    /// Admit people who wait, by the hashes of their requests; everybody when the list is empty, but no service: that has to be
    /// meant.
    case admit([[UInt8]])
    /// Refuse somebody who waits, with a word to them.
    case refuse([UInt8], note: [UInt8])
    /// A word to somebody who waits, who goes on waiting.
    case message([UInt8], text: [UInt8])
    /// Remove somebody for good: signature key.
    case eject([UInt8])
    /// Remove somebody, who may knock again: signature key.
    case sendBack([UInt8])
    /// Lock or unlock.
    case lock(Bool)
    /// Change who may come in without being asked for.
    case setAdmission(Admission)
    /// Make somebody a co-host: signature key.
    case makeCohost([UInt8])
    /// Take that back: signature key.
    case withdrawCohost([UInt8])
    /// Switch on these, and everything else off.
    case setFeatures(FeatureSet)
    /// Begin a comparison round.
    case compare
    /// The pictures are equal with the others', or not.
    case compared(Bool)
    /// Go on without a host.
    case continueUnhosted
    /// Say something to the others, of the kinds that people say (`Saying`). `deliverTo` is empty: what is meant for some goes to
    /// them by `direct`, for everybody in the group can read this.
    case send(kind: UInt8, body: [UInt8], deliverTo: [UInt32])
    /// Say something to these alone, by signature key: a chat message, or the change of one. Nobody else can read it.
    case direct([[UInt8]], kind: UInt8, body: [UInt8])
    /// Have another name. Before the door it is the one that the others will see; whoever may admit has read the one before.
    case rename([UInt8])
    /// Let nobody in by a personal link any more: ticket key. Not while somebody is in by it; putting them out does the same.
    case revokeTicket([UInt8])
    /// Make another link of it, so that the old one opens nothing any more.
    case rotateLink
    /// The person answers about a service, by the signature key of its leaf: it may have everything of them, or nothing is sent
    /// while it is here. Of what it is they were shown this, and `text` is what they read, exactly.
    case consent([UInt8], ServiceInfo, isGiven: Bool, text: [UInt8])
    /// Leave.
    case leave
}
