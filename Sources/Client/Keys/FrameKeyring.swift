package import E2EE

/// What may change about keys, in the order it has to be carried out.
package enum KeyChange: Sendable {
    /// Keys of an epoch.
    case begin(MediaEpoch)
    /// Whether anything may be sent.
    case gate(isOpen: Bool)
    /// Forget everything.
    case wipe
}

/// A frame that opened, and whose it is.
package struct ReceivedFrame: Sendable {
    /// Signature key of the person whose frame it is.
    package var key: [UInt8]
    /// The frame.
    package var frame: OpenedFrame
}

/// Everything that opens and seals the frames of one person, as a value: counters, replay windows, keys of this epoch and
/// of those before it. **It lives as long as the person's place in the group**, however often the media connection is made
/// anew: a counter that began again under the same key would give two frames one nonce. It knows no clock and no network;
/// times are milliseconds that never go back.
package struct FrameKeyring: ~Copyable {
    private var opener: FrameOpener<SwiftCryptoProvider, GroupFrameKeys>
    private var microphone: FrameSealer<SwiftCryptoProvider>?
    private var camera: FrameSealer<SwiftCryptoProvider>?
    private var screen: FrameSealer<SwiftCryptoProvider>?
    private let crypto = SwiftCryptoProvider()
    /// Whether anything may be sent; closed until somebody says otherwise.
    package private(set) var mayEncrypt = false

    /// When the first epoch of ours began, and when somebody was taken out last.
    private var firstEpochAt: UInt64?
    private var lastRemovalAt: UInt64?
    /// The last time that was told.
    private var now: UInt64 = 0

    /// Old keys live two seconds, and a line has its own delay.
    private static var graceFor: UInt64 { 2_500 }

    /// No keys: nothing opens, nothing is sealed.
    package init() { self.opener = FrameOpener(keys: GroupFrameKeys(), SwiftCryptoProvider()) }

    /// Carries out what the group's engine says.
    package mutating func apply(_ change: KeyChange, now: UInt64) {
        self.now = now
        switch change {
        case .begin(let epoch): self.begin(epoch, now: now)
        case .gate(let isOpen): self.mayEncrypt = isOpen
        case .wipe:
            self.mayEncrypt = false
            self.dropSealers()
            self.opener.keys.wipe()
            self.opener.forgetGone()
            // What still arrives of a meeting that is over for us says nothing about anybody's keys.
            self.firstEpochAt = nil
        }
    }

    /// Wipes what time is over for.
    package mutating func expire(now: UInt64) {
        self.now = now
        guard let deadline = self.opener.keys.deadline, deadline <= now else { return }
        self.opener.keys.expire(now: now)
        self.opener.forgetGone()
    }

    /// When something is over.
    package var deadline: UInt64? { self.opener.keys.deadline }

    private mutating func begin(_ epoch: MediaEpoch, now: UInt64) {
        // What is sent from now on is sealed with the new key or not at all.
        let isNewer = self.opener.keys.begin(epoch, now: now)
        guard isNewer else { return }
        if self.firstEpochAt == nil { self.firstEpochAt = now }
        if !epoch.removed.isEmpty { self.lastRemovalAt = now }
        self.dropSealers()
        self.opener.forgetGone()
        do throws(E2EEError) {
            self.microphone = try self.opener.keys.sealer(.microphone, .opus, self.crypto)
            self.camera = try self.opener.keys.sealer(.camera0, .vp8, self.crypto)
            self.screen = try self.opener.keys.sealer(.screen0, .vp8, self.crypto)
        } catch {
            // A tree too large for a key id: then nothing is sent.
            self.dropSealers()
        }
    }

    private mutating func dropSealers() {
        self.microphone = nil
        self.camera = nil
        self.screen = nil
    }

    /// The sealed frame; nothing while the gate is closed, without keys, and when a key is worn out. There is no other way
    /// for a frame to leave.
    package mutating func seal(
        _ frame: Span<UInt8>, _ kind: FrameKind, isKeyFrame: Bool, mediaTime: UInt32, size: FrameSize?
    ) -> [UInt8]? {
        guard self.mayEncrypt else { return nil }
        do throws(E2EEError) {
            return switch kind {
            case .microphone: try self.microphone?.sealNatively(frame, isKeyFrame: false, mediaTime: mediaTime)
            case .camera: try self.camera?.sealNatively(frame, isKeyFrame: isKeyFrame, mediaTime: mediaTime, size: size)
            case .screen: try self.screen?.sealNatively(frame, isKeyFrame: isKeyFrame, mediaTime: mediaTime, size: size)
            case .screenAudio: nil
            }
        } catch {
            // What cannot be sealed is not sent.
            return nil
        }
    }

    /// The frame and whose it is, or why it is not played.
    package mutating func open(_ frame: Span<UInt8>, codec: FrameCodec) throws(FrameDrop) -> ReceivedFrame {
        switch self.opener.openNatively(frame, codec: codec) {
        case .dropped(let reason): throw reason
        case .opened(let opened):
            guard let key = self.opener.keys.key(of: opened.leaf, in: opened.epoch) else { throw .leafFree }
            return ReceivedFrame(key: key, frame: opened)
        }
    }

    /// Whether a frame that does not open is what a healthy change of keys costs (`e2ee.md` 6): sent before we came in, after we
    /// went, or by somebody who was just taken out.
    package func isGrace(_ drop: FrameDrop) -> Bool {
        switch drop {
        // Without an epoch nothing tells whether another one is older or newer.
        case .newerEpoch: self.firstEpochAt == nil
        case .epochGone: self.firstEpochAt.map { self.now < $0 + Self.graceFor } ?? true
        case .leafFree: self.lastRemovalAt.map { self.now < $0 + Self.graceFor } ?? false
        default: drop.isExpected
        }
    }

    /// Who sits on a leaf now, by signature key.
    package func key(of leaf: UInt32) -> [UInt8]? {
        self.opener.keys.key(of: leaf, in: self.opener.keys.currentEpoch)
    }
}
