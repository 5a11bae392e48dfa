/// Why a peer is not in the meeting (any more); each has its sentence.
public enum ClientFailure: Error, Equatable, Sendable {
    /// Not a link, or one with a mistake in it.
    case linkDamaged
    /// A link of a version we do not know.
    case linkNewer
    /// The server does not answer.
    case unreachable
    /// The server answers, but not as one of ours.
    case notBeraad
    /// Only this machine may create meetings, or it was not allowed.
    case forbidden
    /// No such meeting, or not this link.
    case unknown
    /// Everybody who fits is in.
    case full(capacity: Int)
    /// The server has no room now.
    case busy
    /// The server speaks a newer protocol.
    case tooOld
    /// The server did not understand us.
    case refused
    /// The meeting is over.
    case over
    /// Somebody took the seat with its token.
    case replaced
    /// No media connection came about.
    case media
    /// The operating system refused something every program gets.
    case system

    /// The sentence for a person.
    public var sentence: String {
        switch self {
        case .linkDamaged: "This link is damaged: copy it again, whole."
        case .linkNewer: "This link needs a newer version of this program."
        case .unreachable: "The server cannot be reached."
        case .notBeraad: "There is no Beraad server at this address."
        case .forbidden: "This server lets only its own machine create meetings."
        case .unknown: "There is no meeting behind this link (any more)."
        case .full(let capacity): "The meeting is full: \(capacity) people are in."
        case .busy: "The server has no room right now: try again later."
        case .tooOld: "The server needs a newer version of this program."
        case .refused: "The server did not accept what this program sent."
        case .over: "The meeting is over."
        case .replaced: "This place in the meeting was taken from another connection."
        case .media: "No connection for sound and picture came about."
        case .system: "The operating system gave no thread, socket or memory."
        }
    }
}
