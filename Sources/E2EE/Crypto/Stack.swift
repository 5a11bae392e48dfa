/// Zeroes what calls that have returned left behind on the stack: registers that were put aside, a digest on its way into a
/// `Secret`, what a cipher expanded of a key. Not what the calls hold that are still running.
///
/// 192 KiB are more than anything below uses, ML-KEM included (64 were not), and fit on the stack of every thread there is.
@inline(never)
func wipeStack() {
    var room = InlineArray<24_576, UInt64>(repeating: 0)
    look(at: &room)
}

/// Not optimised, so that somebody seems to read the zeros.
@inline(never)
@_optimize(none)
private func look(at room: inout InlineArray<24_576, UInt64>) {}
