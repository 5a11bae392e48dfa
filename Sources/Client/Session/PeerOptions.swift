package import Signalling

/// Where a peer's picture comes from.
public enum PictureInput: Sendable {
    /// None is sent.
    case none
    /// The built-in moving picture.
    case pattern
    /// The bytes of an IVF file with VP8.
    case ivf([UInt8])
}

/// Where a peer's voice comes from.
public enum SoundInput: Sendable {
    /// None is sent.
    case none
    /// The built-in chord.
    case chord
    /// The bytes of an Ogg file with Opus.
    case ogg([UInt8])
}

/// How a peer takes part.
public struct PeerOptions: Sendable {
    /// What others see.
    public var name: DisplayName
    /// What they see moving.
    public var picture: PictureInput
    /// What they hear.
    public var sound: SoundInput
    /// How many voices it can receive at once; 8 like a browser.
    public var audioSlots = 8
    /// How many pictures it can receive at once; 25 like a desktop browser.
    public var videoSlots = 25
    /// Its language.
    public var language = PeerLanguage.en
    /// Lets everybody in who waits; only a host can.
    public var admits = false
    /// Lets services in that wait; only a host can.
    public var admitsServices = false
    /// Says yes to every service. Without that nothing is sent while one is there.
    public var agrees = false
    /// Goes on when no host is there.
    public var goesOn = false
    /// What it says at the door where it is asked for.
    package var passcode: Passcode?
    /// Says this to everybody, once, as soon as it may; at most 8 KiB.
    public var words: String?
    /// Says it again after so many seconds, and on and on; 1 to 3600.
    public var wordsAgainSeconds: Int?
    /// Sends its picture as a screen that it shares instead of as its camera's.
    public var sharesScreen = false
    /// Keeps its own frames as they were before sealing, for a decoder of the tests.
    public var recordsPresealed = false
    /// Only the tests' hostile peer sets it.
    package var transform: FrameTransform?
    /// Only the tests' hostile peer sets it: it goes on sending, asks again for what was stopped and says what it may not,
    /// whatever a host asks. What it sends is sealed like everybody's.
    package var disobeys = false

    /// A peer with the built-in picture and sound.
    public init(name: DisplayName, picture: PictureInput = .pattern, sound: SoundInput = .chord) {
        self.name = name
        self.picture = picture
        self.sound = sound
    }

    func videoSource() throws(InputFailure) -> VideoSource? {
        switch self.picture {
        case .none: return nil
        case .pattern: return .pattern(PatternSource(name: self.name.text))
        case .ivf(let bytes):
            do throws(IVFReader.Failure) {
                return VideoSource(try IVFReader.frames(of: bytes))
            } catch {
                throw .noVideo
            }
        }
    }

    func audioSource() throws(InputFailure) -> AudioSource? {
        switch self.sound {
        case .none: return nil
        case .chord: return AudioSource()
        case .ogg(let bytes):
            do throws(OggOpusReader.Failure) {
                return AudioSource(packets: try OggOpusReader.packets(of: bytes))
            } catch {
                throw .noAudio
            }
        }
    }
}

/// Why a file is of no use.
public enum InputFailure: Error, Equatable, Sendable {
    /// No IVF file with VP8 that starts with a key frame.
    case noVideo
    /// No Ogg file with Opus.
    case noAudio
}
