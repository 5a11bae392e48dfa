/// What somebody typed as their second step.
package enum TypedCode: Equatable, Sendable {
    /// Six digits of an app.
    case digits(String)
    /// A recovery code, in the spelling whose hash is kept.
    case recovery(String)

    /// Reads what was typed; hyphens, spaces and capitals do not matter. Nil for what is neither.
    package init?(_ typed: String) {
        let letters = typed.lowercased().filter { $0 != "-" && $0 != " " }
        switch letters.utf8.count {
        case 6 where letters.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }:
            self = .digits(letters)
        case RecoveryCode.letters: self = .recovery(letters)
        default: return nil
        }
    }
}

/// A code for a day without the app.
package enum RecoveryCode {
    /// 80 random bits, more than anybody guesses, in letters that are told apart.
    static let letters = 16

    /// A new one, in groups for people.
    package static func random(using generator: inout some RandomNumberGenerator) -> String {
        let bytes = (0..<10).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let letters = Array(Base32.encode(bytes).lowercased())
        return stride(from: 0, to: letters.count, by: 4)
            .map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: "-")
    }
}
