/// A moment, as the owner of an engine tells it. The engine has no clock of its own.
package struct EngineTime: Sendable, Equatable {
    /// Milliseconds of a clock that never goes back: what is decided by time is decided by this one.
    package var monotonic: UInt64
    /// Unix milliseconds: for lifetimes of keys and certificates, and for showing.
    package var unix: UInt64

    /// A moment on both clocks.
    package init(monotonic: UInt64, unix: UInt64) {
        self.monotonic = monotonic
        self.unix = unix
    }

    var unixSeconds: UInt64 { self.unix / 1_000 }
}
