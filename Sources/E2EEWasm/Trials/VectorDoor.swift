import E2EE

/// Runs a vector file, given as its bytes. The answer is text: a line for each case, such as `holds 3` or
/// `skipped frame 2`: what came of it, what sort of case, its place among those.
@_cdecl("vectors")
public func vectors(_ address: UnsafePointer<UInt8>?, _ count: Int32) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe Answer.of { () throws(E2EEError) -> [UInt8] in
        let contents = unsafe [UInt8](lent: address, count)
        guard let file = try VectorSet(JSONText.value(contents)) else { throw E2EEError(.usage, .unknown) }
        var report: [UInt8] = []
        for result in file.run(BoringProvider()) {
            report += result.line
            report.append(UInt8(ascii: "\n"))
        }
        return report
    }
}
