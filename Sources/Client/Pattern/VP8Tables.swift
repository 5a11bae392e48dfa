/// The constants of RFC 6386 that a picture of plain blocks needs; everything else keeps its default.
enum VP8Tables {
    /// §13.4: how unlikely it is that a coefficient probability is replaced; by block type, band and context. Rows are cut
    /// where only 255 follows.
    static let updateProbabilities: [[UInt8]] = [
        // luma after Y2
        [], [], [], [176, 246], [223, 241, 252], [249, 253, 253],
        [255, 244, 252], [234, 254, 254], [253], [255, 246, 254], [239, 253, 254], [254, 255, 254],
        [255, 248, 254], [251, 255, 254], [], [255, 253, 254], [251, 254, 254], [254, 255, 254],
        [255, 254, 253, 255, 254], [250, 255, 254, 255, 254], [254], [], [], [],
        // Y2
        [217], [225, 252, 241, 253, 255, 255, 254], [234, 250, 241, 250, 253, 255, 253, 254], [255, 254],
        [223, 254, 254], [238, 253, 254, 254],
        [255, 248, 254], [249, 254], [], [255, 253], [247, 254], [],
        [255, 253, 254], [252], [], [255, 254, 254], [253], [],
        [255, 254, 253], [250], [254], [], [], [],
        // chroma
        [186, 251, 250], [234, 251, 244, 254], [251, 251, 243, 253, 254, 255, 254], [255, 253, 254], [236, 253, 254],
        [251, 253, 253, 254, 254],
        [255, 254, 254], [254, 254, 254], [], [255, 254], [254, 254], [254],
        [], [254], [], [], [], [],
        [], [], [], [], [], [],
        // luma with DC
        [248], [250, 254, 252, 254], [248, 254, 249, 253], [255, 253, 253], [246, 253, 253], [252, 254, 251, 254, 254],
        [255, 254, 252], [248, 254, 253], [253, 255, 254, 254], [255, 251, 254], [245, 251, 254], [253, 253, 254],
        [255, 251, 253], [252, 253, 254], [255, 254], [255, 252], [249, 255, 254], [255, 255, 254],
        [255, 255, 253], [250], [], [], [254], [],
    ]

    /// §13.5, first band of Y2 blocks, by context.
    static let y2: [[UInt8]] = [
        [198, 35, 237, 223, 193, 187, 162, 160, 145, 155, 62],
        [131, 45, 198, 221, 172, 176, 220, 157, 252, 221, 1],
        [68, 47, 146, 208, 149, 167, 221, 162, 255, 223, 128],
    ]
    /// §13.5, first band of chroma blocks, by context.
    static let chroma: [[UInt8]] = [
        [253, 9, 248, 251, 207, 208, 255, 192, 128, 128, 128],
        [175, 13, 224, 243, 193, 185, 249, 198, 255, 255, 128],
        [73, 17, 171, 221, 161, 179, 236, 167, 255, 234, 128],
    ]
    /// §13.5, second band: probability of "more coefficients follow not" after a coefficient of size 1, and after a larger.
    static let y2End: (one: UInt8, larger: UInt8) = (184, 81)
    /// The same for chroma.
    static let chromaEnd: (one: UInt8, larger: UInt8) = (239, 155)
    /// The same for luma blocks whose DC went to Y2, at their first coefficient.
    static let lumaEnd: UInt8 = 253

    /// §13.2: the extra bits of the six ranges of large values, with where each range starts.
    static let ranges: [(start: Int, probabilities: [UInt8])] = [
        (5, [159]), (7, [165, 145]), (11, [173, 148, 140]), (19, [176, 155, 140, 135]),
        (35, [180, 157, 141, 134, 130]), (67, [254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129]),
    ]
}
