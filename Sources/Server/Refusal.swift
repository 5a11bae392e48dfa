internal import Glibc
internal import SFU

/// Why the program does not start, or what it found: one sentence that says what to do. It ends with exit status 2, or 1
/// where the program did its work and the outcome is bad.
struct Refusal: Error {
    let sentence: String
    let status: Int32

    init(_ sentence: String, status: Int32 = 2) {
        self.sentence = sentence
        self.status = status
    }
}

extension Refusal {
    init(media error: MediaPlaneError) {
        switch error {
        case .notAnAddress(let text):
            self.init("\(text) is no IP address; name the media addresses with --announce and --bind.")
        case .cannotBind(_, let port, EADDRINUSE):
            self.init("media port \(port) is in use; stop that program or choose another with --media-port.")
        case .cannotBind(let address, let port, _):
            self.init("cannot listen on \(address) port \(port); choose others with --bind and --media-port.")
        case .system(let code):
            self.init("the system refused what the media plane needs (error \(code)); raise its limits.")
        case .cryptography:
            self.init("the media plane could not make a key pair; check the system's random generator.")
        }
    }
}
