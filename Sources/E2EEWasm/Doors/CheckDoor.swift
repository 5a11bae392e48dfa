import E2EE

/// Two members meet, talk and part, with the suite of the product: whether this engine works in this browser, asked before
/// it is trusted with a meeting. A compiler of WebAssembly is a large program too. Answers with no bytes.
@_cdecl("check")
public func check() -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: the answer belongs to the page.
    unsafe Answer.of { () throws(E2EEError) -> [UInt8] in
        try EngineCheck.run(BoringProvider())
        return []
    }
}
