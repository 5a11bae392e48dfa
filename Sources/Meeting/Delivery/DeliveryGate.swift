/// How far the meeting's own gate (link, passcode, admission, ended meeting) has let a connection come. It is the room's
/// decision and only its outcome is known here; keys decide the rest.
package enum DeliveryGate: Equatable, Sendable {
    /// It may show a certificate, or that it holds a leaf; until then it gets the descriptors and nothing else. Newcomers
    /// from a network out of which somebody was put out and blocked begin here.
    case stranger
    /// It may knock.
    case waits
    /// It may come in by itself: fetch the tree, and propose or commit its own joining.
    case joins
}
