package import Forwarding

/// Plain counters of one worker since its start; never by person, never by address.
package struct WorkerStatistics: Sendable, Equatable, BitwiseCopyable {
    /// Which worker.
    package var worker = 0
    /// Rooms now.
    package var rooms = 0
    /// Endpoints now.
    package var endpoints = 0
    /// Paths now.
    package var paths = 0
    /// Packets kept now.
    package var cellsUsed = 0
    /// Packets dropped because no cell was free.
    package var cellsExhausted: UInt64 = 0
    /// Passes of the loop.
    package var turns: UInt64 = 0
    /// Datagrams that came in.
    package var received: UInt64 = 0
    /// Their bytes.
    package var receivedBytes: UInt64 = 0
    /// Calls that received them.
    package var receiveCalls: UInt64 = 0
    /// Datagrams that went out.
    package var sent: UInt64 = 0
    /// Their bytes.
    package var sentBytes: UInt64 = 0
    /// Calls that sent them.
    package var sendCalls: UInt64 = 0
    /// Datagrams from paths no endpoint knows, STUN included.
    package var unknownPath: UInt64 = 0
    /// STUN beyond the rates of `Bounds`.
    package var rateLimited: UInt64 = 0
    /// Datagrams longer than any we accept.
    package var truncated: UInt64 = 0
    /// Datagrams the kernel dropped because a socket's buffer was full.
    package var kernelDropped: UInt64 = 0
    /// Times a socket would not take more.
    package var blocked: UInt64 = 0
    /// Datagrams dropped while a socket would not take more.
    package var backlogDropped: UInt64 = 0
    /// Datagrams the system refused to send.
    package var sendFailed: UInt64 = 0
    /// Sums over the rooms of this worker that live.
    package var forwarding = RoomStatistics()

    /// Nothing counted yet.
    package init() {}
}
