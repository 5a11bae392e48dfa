/// The kind of a meeting, from which its settings follow (`privacy.md` 9.2).
package enum MeetingProfile: String, CaseIterable, Sendable {
    case coaching, lesson, lecture, consultation, defence, webinar, training
}
