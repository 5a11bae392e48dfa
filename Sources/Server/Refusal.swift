/// Why the program does not start: one sentence that says what to do. It ends with exit status 2.
struct Refusal: Error {
    let sentence: String

    init(_ sentence: String) {
        self.sentence = sentence
    }
}
