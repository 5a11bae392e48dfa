import CE2EEShim
import E2EE

/// Spans to C and back. Bytes are lent for one call and never kept, and nothing here knows what they mean.
extension Span where Element == UInt8 {
    /// Lends the bytes; the pointer may be null when there are none.
    func lend<Result>(_ body: (UnsafePointer<UInt8>?, Int) -> Result) -> Result {
        // SAFETY: the bytes live at least until `body` returns, and C keeps no pointer.
        unsafe self.withUnsafeBufferPointer { unsafe body($0.baseAddress, $0.count) }
    }
}

/// `count` bytes as C writes them; nothing when it answers that it did not.
func written(_ count: Int, _ body: (UnsafeMutablePointer<UInt8>?) -> Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    // SAFETY: the array is not touched by anybody else meanwhile, and C writes `count` bytes.
    let answer = unsafe bytes.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
    return answer == 1 ? bytes : nil
}

/// `count` secret bytes as C writes them, straight into the memory that is zeroed later.
func writtenSecret(_ count: Int, _ body: (UnsafeMutablePointer<UInt8>?) -> Int32) throws(E2EEError) -> Secret {
    try Secret(count: count) { (out: inout MutableSpan<UInt8>) throws(E2EEError) in
        // SAFETY: the secret is not touched by anybody else meanwhile, and C writes `count` bytes.
        let answer = unsafe out.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
        guard answer == 1 else { throw E2EEError(.crypto, .primitive) }
    }
}
