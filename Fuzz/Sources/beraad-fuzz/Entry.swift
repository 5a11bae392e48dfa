import Fuzzing
import Glibc

/// Which door to try; `Fuzz/run` sets it.
private let target: FuzzTarget = {
    guard let name = unsafe getenv("BERAAD_FUZZ_TARGET"),
        let target = unsafe FuzzTarget(rawValue: String(cString: name))
    else { fatalError("BERAAD_FUZZ_TARGET is none of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))") }
    return target
}()

/// libFuzzer calls this with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // SAFETY: libFuzzer lends `count` bytes for the call.
    target.run(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
