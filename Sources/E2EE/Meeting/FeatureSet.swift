/// What people can do in a meeting (`e2ee.md` 4.1). Screen, microphone and camera are for everyone here; certified leaves
/// always may.
package struct FeatureSet: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let chat = FeatureSet(rawValue: 0x01)
    package static let direct = FeatureSet(rawValue: 0x02)
    package static let files = FeatureSet(rawValue: 0x04)
    package static let reactions = FeatureSet(rawValue: 0x08)
    package static let polls = FeatureSet(rawValue: 0x10)
    package static let board = FeatureSet(rawValue: 0x20)
    package static let rename = FeatureSet(rawValue: 0x40)
    package static let screen = FeatureSet(rawValue: 0x80)
    package static let microphone = FeatureSet(rawValue: 0x100)
    package static let camera = FeatureSet(rawValue: 0x200)
    package static let localRecording = FeatureSet(rawValue: 0x400)
    /// Where not everybody may chat, whoever leads may (`docs/decisions/0011`).
    package static let hostsChat = FeatureSet(rawValue: 0x800)
    /// Where not everybody may share a screen, whoever leads may.
    package static let hostsScreen = FeatureSet(rawValue: 0x1000)

    /// Everything this client has a name for. What a later one may switch on stays as it is.
    package static let known = FeatureSet(rawValue: 0x1FFF)

    /// What may ever be switched on in a meeting of the profile `coaching` (`privacy.md` 9.1).
    package static let coaching: FeatureSet = [
        .chat, .hostsChat, .direct, .files, .reactions, .polls, .rename, .screen, .hostsScreen, .microphone, .camera,
    ]

    /// What of this, as the most there can be, is on when a meeting begins: messages to one person and files wait for a host
    /// who opens them, and so does everybody's screen where hosts may share theirs.
    package var atFirst: FeatureSet {
        let isOfHosts = self.contains(.hostsScreen)
        return self.subtracting(isOfHosts ? [.direct, .files, .screen] : [.direct, .files])
    }
}
