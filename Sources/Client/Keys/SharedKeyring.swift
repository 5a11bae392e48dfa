internal import E2EE
internal import Synchronization

/// The owner of a `FrameKeyring` that session and media thread both reach: a closed gate counts from the moment it is
/// closed, and two media connections that overlap still never count twice. One lock for each frame, held for one
/// encryption: a client has about a hundred a second.
package final class SharedKeyring: Sendable {
    private let keyring = Mutex(FrameKeyring())

    /// A keyring without keys, whose gate is closed.
    package init() {}

    /// Carries out changes as one: no frame is sealed between two of them. `now` in milliseconds that never go back, here
    /// and below.
    package func apply(_ changes: [KeyChange], now: UInt64) {
        self.keyring.withLock { keyring in
            for change in changes { keyring.apply(change, now: now) }
        }
    }

    /// Whether anything may be sent.
    package var mayEncrypt: Bool { self.keyring.withLock { $0.mayEncrypt } }

    func expire(now: UInt64) { self.keyring.withLock { $0.expire(now: now) } }

    var deadline: UInt64? { self.keyring.withLock { $0.deadline } }

    func seal(
        _ frame: [UInt8], _ kind: FrameKind, isKeyFrame: Bool, mediaTime: UInt32, size: FrameSize?
    ) -> [UInt8]? {
        self.keyring.withLock {
            $0.seal(frame.span, kind, isKeyFrame: isKeyFrame, mediaTime: mediaTime, size: size)
        }
    }

    func open(_ frame: [UInt8], codec: FrameCodec) throws(FrameDrop) -> ReceivedFrame {
        try self.keyring.withLock { keyring throws(FrameDrop) in try keyring.open(frame.span, codec: codec) }
    }

    func key(of leaf: UInt32) -> [UInt8]? { self.keyring.withLock { $0.key(of: leaf) } }

    func isGrace(_ drop: FrameDrop) -> Bool { self.keyring.withLock { $0.isGrace(drop) } }
}
