import E2EE

/// Runs one input of the fuzzers' corpus through a decoder, by the decoder's place in this list: mls-message, mls-part,
/// ratchet-tree, varint, sframe, sframe-header, link, meeting-part, engine-part, group-log, saved-state, file. It answers with
/// no bytes, or traps; then a stranger could end everybody's engine.
@_cdecl("replay")
public func replay(
    _ decoder: Int32, _ address: UnsafePointer<UInt8>?, _ count: Int32
) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe Answer.of { () throws(E2EEError) -> [UInt8] in
        let input = unsafe [UInt8](lent: address, count)
        switch decoder {
        case 0: MLSFuzz.message(input.span, BoringProvider())
        case 1: MLSFuzz.part(input.span)
        case 2: MLSFuzz.tree(input.span, BoringProvider())
        case 3: MLSFuzz.varint(input.span)
        case 4: FrameFuzz.frame(input.span, BoringProvider())
        case 5: FrameFuzz.header(input.span)
        case 6: FrameFuzz.link(input.span, BoringProvider())
        case 7: MeetingFuzz.part(input.span, BoringProvider())
        case 8: EngineFuzz.part(input.span)
        case 9: MLSFuzz.log(input.span, BoringProvider())
        case 10: SavedFuzz.state(input.span, BoringProvider())
        case 11: FileFuzz.file(input.span, BoringProvider())
        default: throw E2EEError(.usage, .unknown)
        }
        return []
    }
}
