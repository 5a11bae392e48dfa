/// A colour as VP8 stores it (BT.601, studio range).
struct PatternColour: Equatable, Sendable {
    var y: UInt8
    var u: UInt8
    var v: UInt8
}

/// A picture of one plain colour per macroblock of 16 x 16 pixels.
struct PatternPicture: Sendable {
    let columns: Int
    let rows: Int
    var colours: [PatternColour]

    init(columns: Int, rows: Int, background: PatternColour) {
        self.columns = columns
        self.rows = rows
        self.colours = Array(repeating: background, count: columns * rows)
    }

    /// Fills the blocks that lie inside the picture.
    mutating func fill(columns: Range<Int>, rows: Range<Int>, _ colour: PatternColour) {
        for row in rows.clamped(to: 0..<self.rows) {
            for column in columns.clamped(to: 0..<self.columns) { self.colours[row * self.columns + column] = colour }
        }
    }
}

/// Encodes such a picture as a VP8 key frame (RFC 6386), exactly: each block is predicted from its neighbours (DC_PRED) and
/// corrected by the one coefficient that lifts all its pixels. A small encoder for a test picture, not a codec.
struct PatternEncoder {
    private let width: Int
    private let height: Int

    /// With quantizer index 4 one step of a chroma coefficient is one level, four steps of a Y2 coefficient are one.
    private static let quantizer = 4
    /// §8: probability that a macroblock is not skipped; about one in twelve has a correction.
    private static let notSkipped: UInt8 = 236

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    var columns: Int { (self.width + 15) / 16 }
    var rows: Int { (self.height + 15) / 16 }

    func keyFrame(_ picture: PatternPicture) -> [UInt8] {
        var modes = BooleanEncoder()
        var tokens = BooleanEncoder()
        Self.writeHeader(&modes)
        var contexts = Contexts(columns: self.columns)
        for row in 0..<self.rows {
            contexts.startRow()
            for column in 0..<self.columns {
                let index = row * self.columns + column
                let wanted = picture.colours[index]
                let correction = Correction(
                    wanted: wanted, above: row > 0 ? picture.colours[index - self.columns] : nil,
                    left: column > 0 ? picture.colours[index - 1] : nil)
                modes.write(correction.isEmpty, Self.notSkipped)
                // §11.2: luma mode DC_PRED is 1, 0, 0 in the key frame tree; chroma mode DC_PRED is 0.
                modes.write(true, 145)
                modes.write(false, 156)
                modes.write(false, 163)
                modes.write(false, 142)
                if correction.isEmpty {
                    contexts.clear(column)
                } else {
                    correction.write(to: &tokens, &contexts, column)
                }
            }
        }
        return self.assemble(modes.finish(), tokens.finish())
    }

    /// §9.1: frame tag, start code, size; then the two partitions.
    private func assemble(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        let tag = first.count << 5 | 1 << 4
        var frame: [UInt8] = [
            UInt8(tag & 0xFF), UInt8(tag >> 8 & 0xFF), UInt8(tag >> 16 & 0xFF), 0x9D, 0x01, 0x2A,
            UInt8(self.width & 0xFF), UInt8(self.width >> 8 & 0x3F), UInt8(self.height & 0xFF),
            UInt8(self.height >> 8 & 0x3F),
        ]
        frame += first
        frame += second
        return frame
    }

    /// §9.2 to §9.11, §19.2: everything off that can be.
    private static func writeHeader(_ out: inout BooleanEncoder) {
        out.write(0, bits: 1)  // colour space: BT.601
        out.write(0, bits: 1)  // pixel values may need clamping
        out.write(0, bits: 1)  // no segmentation
        out.write(0, bits: 1)  // normal loop filter …
        out.write(0, bits: 6)  // … at level 0, so that blocks stay exact
        out.write(0, bits: 3)  // sharpness
        out.write(0, bits: 1)  // no filter adjustments
        out.write(0, bits: 2)  // one token partition
        out.write(Self.quantizer, bits: 7)
        for _ in 0..<5 { out.write(0, bits: 1) }  // no quantizer differences
        out.write(1, bits: 1)  // keep the probabilities
        for row in VP8Tables.updateProbabilities {
            for node in 0..<11 { out.write(false, node < row.count ? row[node] : 255) }
        }
        out.write(1, bits: 1)  // macroblocks may be skipped
        out.write(Int(Self.notSkipped), bits: 8)
    }
}

/// Which neighbours had coefficients, per kind of block: the contexts of the token probabilities (§13.3).
private struct Contexts {
    struct Flags {
        var y2 = false
        var u: (Bool, Bool) = (false, false)
        var v: (Bool, Bool) = (false, false)
    }

    private var above: [Flags]
    private var left = Flags()

    init(columns: Int) { self.above = Array(repeating: Flags(), count: columns) }

    mutating func startRow() { self.left = Flags() }

    mutating func clear(_ column: Int) {
        self.above[column] = Flags()
        self.left = Flags()
    }

    func y2(_ column: Int) -> Int { (self.above[column].y2 ? 1 : 0) + (self.left.y2 ? 1 : 0) }

    mutating func setY2(_ column: Int, _ isSet: Bool) {
        self.above[column].y2 = isSet
        self.left.y2 = isSet
    }

    /// The context of one of the four blocks of a plane, and its result for those that follow.
    mutating func chroma(_ plane: WritableKeyPath<Flags, (Bool, Bool)>, _ column: Int, _ block: Int, _ isSet: Bool)
        -> Int
    {
        let isRight = block & 1 == 1
        let isLower = block & 2 == 2
        let above = isRight ? self.above[column][keyPath: plane].1 : self.above[column][keyPath: plane].0
        let left = isLower ? self.left[keyPath: plane].1 : self.left[keyPath: plane].0
        if isRight {
            self.above[column][keyPath: plane].1 = isSet
        } else {
            self.above[column][keyPath: plane].0 = isSet
        }
        if isLower { self.left[keyPath: plane].1 = isSet } else { self.left[keyPath: plane].0 = isSet }
        return (above ? 1 : 0) + (left ? 1 : 0)
    }
}

/// What separates a block from its prediction, in coefficients.
private struct Correction {
    let y2: Int
    let u: Int
    let v: Int

    var isEmpty: Bool { self.y2 == 0 && self.u == 0 && self.v == 0 }

    init(wanted: PatternColour, above: PatternColour?, left: PatternColour?) {
        self.y2 = 4 * Self.difference(wanted.y, above?.y, left?.y)
        self.u = Self.difference(wanted.u, above?.u, left?.u)
        self.v = Self.difference(wanted.v, above?.v, left?.v)
    }

    /// §12.2: the average of the pixels above and to the left; 128 where there is nothing.
    private static func difference(_ wanted: UInt8, _ above: UInt8?, _ left: UInt8?) -> Int {
        switch (above, left) {
        case (nil, nil): Int(wanted) - 128
        case (let one?, nil), (nil, let one?): Int(wanted) - Int(one)
        case (let above?, let left?): Int(wanted) - (Int(above) + Int(left) + 1) / 2
        }
    }

    /// §13: Y2 first, then sixteen luma blocks without anything, then four blocks of each chroma plane.
    func write(to out: inout BooleanEncoder, _ contexts: inout Contexts, _ column: Int) {
        Self.write(self.y2, VP8Tables.y2[contexts.y2(column)], VP8Tables.y2End, to: &out)
        contexts.setY2(column, self.y2 != 0)
        for _ in 0..<16 { out.write(false, VP8Tables.lumaEnd) }
        for block in 0..<4 {
            let context = contexts.chroma(\.u, column, block, self.u != 0)
            Self.write(self.u, VP8Tables.chroma[context], VP8Tables.chromaEnd, to: &out)
        }
        for block in 0..<4 {
            let context = contexts.chroma(\.v, column, block, self.v != 0)
            Self.write(self.v, VP8Tables.chroma[context], VP8Tables.chromaEnd, to: &out)
        }
    }

    /// One coefficient and the end of its block (§13.2, the token tree).
    private static func write(
        _ value: Int, _ probabilities: [UInt8], _ end: (one: UInt8, larger: UInt8), to out: inout BooleanEncoder
    ) {
        guard value != 0 else { return out.write(false, probabilities[0]) }
        let size = abs(value)
        out.write(true, probabilities[0])
        out.write(true, probabilities[1])
        out.write(size > 1, probabilities[2])
        if size > 1 { Self.writeSize(size, probabilities, to: &out) }
        out.write(value < 0, 128)
        out.write(false, size == 1 ? end.one : end.larger)
    }

    private static func writeSize(_ size: Int, _ probabilities: [UInt8], to out: inout BooleanEncoder) {
        out.write(size > 4, probabilities[3])
        guard size > 4 else {
            out.write(size > 2, probabilities[4])
            if size > 2 { out.write(size == 4, probabilities[5]) }
            return
        }
        let range = VP8Tables.ranges.lastIndex { $0.start <= size } ?? 0
        out.write(range > 1, probabilities[6])
        if range <= 1 {
            out.write(range == 1, probabilities[7])
        } else {
            out.write(range > 3, probabilities[8])
            out.write(!range.isMultiple(of: 2), probabilities[range > 3 ? 10 : 9])
        }
        let (start, bits) = VP8Tables.ranges[range]
        for (index, probability) in bits.enumerated() {
            out.write((size - start) >> (bits.count - 1 - index) & 1 == 1, probability)
        }
    }
}
