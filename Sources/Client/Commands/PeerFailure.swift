/// Why `beraad-peer` gave up, in one sentence.
enum PeerFailure: Error, CustomStringConvertible {
    case unreadable(String)
    case unwritable(String)
    case notVectors(String)
    case address
    case capacity
    case name
    case words
    case passcode
    case key
    case slots
    case crowd
    case crowdBroken
    case descriptors
    case input(InputFailure)
    case client(ClientFailure)

    /// 2 = asked in a way that cannot work, 1 = it did not come about.
    var status: Int32 {
        switch self {
        case .unreadable, .unwritable, .notVectors, .address, .capacity, .name, .words, .passcode, .key, .slots,
            .crowd, .input:
            2
        case .client(.linkDamaged), .client(.linkNewer): 2
        case .client, .crowdBroken, .descriptors: 1
        }
    }

    var description: String {
        switch self {
        case .unreadable(let file): "\(file) cannot be read."
        case .unwritable(let file): "\(file) cannot be written."
        case .notVectors(let file): "\(file) is not a file of test vectors."
        case .address: "The server's address must look like https://meet.example.org or http://localhost:8080."
        case .capacity: "A meeting has room for 1 to 100 people, and at most 100 personal links."
        case .name: "A name has 1 to 60 characters."
        case .words: "What is said has 1 to 8192 bytes."
        case .passcode: "A passcode has 4 to 16 letters or digits."
        case .key: "A key is 43 letters, digits, - and _, as a report has it."
        case .slots: "There can be 0 to 16 slots for voices and 0 to 49 for pictures."
        case .crowd: "A crowd has 1 to 300 people, and at most 100 come or go in a second."
        case .crowdBroken: "Not everybody came through this well; the report says what happened."
        case .descriptors: "The system allows this program too few open files for so many people (ulimit -n)."
        case .input(.noVideo): "The video file must be an IVF file with VP8 that starts with a key frame."
        case .input(.noAudio): "The audio file must be an Ogg file with Opus."
        case .client(let failure): failure.sentence
        }
    }
}
