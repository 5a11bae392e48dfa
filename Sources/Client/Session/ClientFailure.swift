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
    /// This meeting asks for a passcode, and there was none or another one.
    case passcode
    /// Everybody who fits is in.
    case full(capacity: Int)
    /// The server has no room now.
    case busy
    /// Server or meeting need a newer program.
    case tooOld
    /// The server did not understand us.
    case refused
    /// The meeting is over.
    case over
    /// Somebody took the seat with its token.
    case replaced
    /// What the server says about the meeting is not what the link's maker signed.
    case linkContradicted
    /// Nobody opened the door.
    case notLetIn
    /// The host said no.
    case turnedAway
    /// The rules of the meeting say no.
    case denied
    /// No way in that the server showed holds.
    case noWayIn
    /// Removed for good.
    case ejected
    /// Removed, and free to knock again.
    case sentBack
    /// Taken out after a long silence.
    case lost
    /// The own state contradicts itself, or the server showed two truths.
    case contradiction
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
        case .passcode: "This meeting needs its passcode, and it was missing or not right."
        case .full(let capacity): "The meeting is full: \(capacity) people are in."
        case .busy: "The server has no room right now: try again later."
        case .tooOld: "The server or the meeting needs a newer version of this program."
        case .refused: "The server did not accept what this program sent."
        case .over: "The meeting is over."
        case .replaced: "This place in the meeting was taken from another connection."
        case .linkContradicted: "What the server says about this meeting does not fit the link: do not use it."
        case .notLetIn: "Nobody has let you in."
        case .turnedAway: "The host did not let you in."
        case .denied: "The rules of this meeting do not let you in."
        case .noWayIn: "The server showed no valid way into the meeting."
        case .ejected: "The host removed you from the meeting."
        case .sentBack: "The host sent you out of the meeting; you may ask to come in again."
        case .lost: "You were silent for so long that the meeting went on without you: join again."
        case .contradiction: "This program stopped, because what it was told about the meeting contradicts itself."
        case .media: "No connection for sound and picture came about."
        case .system: "The operating system gave no thread, socket or memory."
        }
    }
}
