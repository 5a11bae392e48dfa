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
}
