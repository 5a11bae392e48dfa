/// Who may come in without being let in.
public enum MeetingDoor: String, Sendable, CaseIterable {
    /// Nobody: a host lets everybody in.
    case waiting
    /// Everybody with the link, host or not.
    case open
}
