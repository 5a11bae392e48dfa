extension MeetingPeer {
    /// What happens to a peer happens on its own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        // SAFETY: the thread is the peer's, and lives as long.
        unsafe self.thread.asUnownedSerialExecutor()
    }
}
