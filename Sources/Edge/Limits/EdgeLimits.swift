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

    /// What a small machine carries.
    package init(
        socketsAtMost: Int = 4_000, connectionsAtMost: Int = 8_000, pingEvery: Duration = .seconds(5),
        silenceAtMost: Duration = .seconds(15)
    ) {
        self.socketsAtMost = socketsAtMost
        self.connectionsAtMost = connectionsAtMost
        self.pingEvery = pingEvery
        self.silenceAtMost = silenceAtMost
    }
}
