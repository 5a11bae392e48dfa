/// Whether bytes are text: well-formed UTF-8 (RFC 3629 §4), as a browser's strict decoder has it. Text is bytes in this module,
/// so that it compiles without Unicode tables; here it is only told from what is none.
func isText(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
        guard let form = UTF8Form(bytes[index]), bytes.count - index >= form.count else { return false }
        let rest = bytes[(index + 1)..<(index + form.count)]
        if let second = rest.first, !form.second.contains(second) { return false }
        guard rest.allSatisfy({ $0 & 0xC0 == 0x80 }) else { return false }
        index += form.count
    }
    return true
}

/// What the first byte of a character says about it.
private struct UTF8Form {
    let count: Int
    /// What the second byte may be: no overlong form, no half of a pair, nothing beyond the last character.
    let second: ClosedRange<UInt8>

    init?(_ first: UInt8) {
        switch first {
        case 0...0x7F: (self.count, self.second) = (1, 0x80...0xBF)
        case 0xC2...0xDF: (self.count, self.second) = (2, 0x80...0xBF)
        case 0xE0: (self.count, self.second) = (3, 0xA0...0xBF)
        case 0xED: (self.count, self.second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (self.count, self.second) = (3, 0x80...0xBF)
        case 0xF0: (self.count, self.second) = (4, 0x90...0xBF)
        case 0xF4: (self.count, self.second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: (self.count, self.second) = (4, 0x80...0xBF)
        default: return nil
        }
    }
}
