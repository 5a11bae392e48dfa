/// Which newcomers put keys on their path (`e2ee.md` 4.3, merge after an Add). Everybody who was added has to be sealed to
/// alone until somebody near commits; one in eight who does keeps a removal cheap, and costs an epoch each.
package enum PathMerge {
    /// Whether a newcomer who drew this random byte does.
    package static func isWanted(_ draw: UInt8) -> Bool { draw < 32 }
}
