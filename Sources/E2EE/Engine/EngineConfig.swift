/// What an engine is told once.
package struct EngineConfig: Sendable {
    /// What the host reads at the door, and the others see unless there is another name for them; UTF-8, at most 128 bytes.
    package var name: [UInt8]
    /// What the others are to see, where that is another name (promise P-039). It is not in the configuration's bytes: it is
    /// chosen while one waits, by `EngineCommand.rename`.
    package var shownName: [UInt8]?
    /// What the host reads beside the name while we wait.
    package var note: [UInt8] = []
    /// BCP 47, ASCII.
    package var language: [UInt8]
    /// Compared with the meeting's `min_client`.
    package var clientVersion: UInt32
    /// Of the build that runs; a hint for the others, no proof.
    package var buildHash: [UInt8]
    /// The list that word codes are read from: 1 English, 2 Dutch.
    package var wordlist: UInt8
    /// The number of the occurrence of a recurring meeting.
    package var instance: UInt32 = 0
    /// Whether to give out, at every epoch, what this device keeps to go on after a crash. It is not in the configuration's
    /// bytes: guests keep nothing.
    package var keepsState = false
    /// Only the tests' hostile peer sets it: says what the rules of the meeting forbid, sealed like everything else, so that the
    /// others have something to refuse. It is not in the configuration's bytes: no browser can be told to.
    package var defiesRules = false

    /// A configuration.
    package init(name: [UInt8], language: [UInt8], clientVersion: UInt32, buildHash: [UInt8], wordlist: UInt8) {
        self.name = name
        self.language = language
        self.clientVersion = clientVersion
        self.buildHash = buildHash
        self.wordlist = wordlist
    }
}
