/// A moving test picture without a camera: a plain colour that follows from the peer's name, and a bright block that goes
/// its round. Every frame is a key frame of about half a kilobyte.
package struct PatternSource: Sendable {
    static let width = 640
    static let height = 360
    static let framesPerSecond = 12

    private let encoder = PatternEncoder(width: Self.width, height: Self.height)
    private let background: PatternColour
    private var count = 0

    /// The colour is the same for the same name on every machine.
    package init(name: String) {
        self.background = Self.colours[Int(Self.hash(name) % UInt32(Self.colours.count))]
    }

    /// The next picture.
    package mutating func next() -> VideoFrame {
        let frame = self.encoder.keyFrame(self.picture(at: self.count))
        self.count &+= 1
        return VideoFrame(
            bytes: frame, isKeyFrame: true, width: UInt16(Self.width), height: UInt16(Self.height), duration: 7_500)
    }

    func picture(at count: Int) -> PatternPicture {
        let columns = self.encoder.columns
        let rows = self.encoder.rows
        var picture = PatternPicture(columns: columns, rows: rows, background: self.background)
        let across = columns - Self.block
        let down = rows - Self.block
        let step = count % (2 * (across + down))
        let (column, row) =
            switch step {
            case ..<across: (step, 0)
            case ..<(across + down): (across, step - across)
            case ..<(2 * across + down): (2 * across + down - step, down)
            default: (0, 2 * (across + down) - step)
            }
        picture.fill(
            columns: column..<column + Self.block, rows: row..<row + Self.block, PatternColour(y: 235, u: 128, v: 128))
        return picture
    }

    private static let block = 4

    /// Far enough from each other and from the white block to tell tiles apart, also in grey.
    static let colours = [
        PatternColour(y: 82, u: 90, v: 240), PatternColour(y: 145, u: 54, v: 34), PatternColour(y: 41, u: 240, v: 110),
        PatternColour(y: 107, u: 202, v: 222), PatternColour(y: 170, u: 166, v: 16),
        PatternColour(y: 160, u: 30, v: 170),
    ]

    /// FNV-1a: Swift's own hashes differ from run to run.
    private static func hash(_ name: String) -> UInt32 {
        name.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}
