/// What one server takes on; tests choose smaller numbers.
package struct EdgeLimits: Sendable {
    /// WebSockets of all meetings together.
    package var socketsAtMost: Int
    /// TCP connections, WebSockets included.
    package var connectionsAtMost: Int
    /// How often a WebSocket is asked whether anybody is there.
    package var pingEvery: Duration
    /// After this long without a word it is taken for gone.
    package var silenceAtMost: Duration
    /// Parts of sealed files that come in at once; each is held in memory as a whole.
    package var uploadsAtMost: Int
    /// Sealed files that go out at once; of each a piece is held in memory.
    package var downloadsAtMost: Int
    /// How long one part may take to come, and a piece to go.
    package var transferPatience: Duration

    /// What a small machine carries.
    package init(
        socketsAtMost: Int = 4_000, connectionsAtMost: Int = 8_000, pingEvery: Duration = .seconds(5),
        silenceAtMost: Duration = .seconds(15), uploadsAtMost: Int = 64, downloadsAtMost: Int = 256,
        transferPatience: Duration = .seconds(60)
    ) {
        self.socketsAtMost = socketsAtMost
        self.connectionsAtMost = connectionsAtMost
        self.pingEvery = pingEvery
        self.silenceAtMost = silenceAtMost
        self.uploadsAtMost = uploadsAtMost
        self.downloadsAtMost = downloadsAtMost
        self.transferPatience = transferPatience
    }
}
