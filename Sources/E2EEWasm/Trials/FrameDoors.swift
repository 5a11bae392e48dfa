import E2EE
import Wire

/// The frame code of the engine as an oracle for the JavaScript of the media worker: the same seeds have to give the same
/// bytes. These doors take keys and counters from outside, which is why they are in no engine that anybody loads.

/// One SFrame with any key id and counter: suite[2] key id[8] counter[8] base key<V> metadata<V> plaintext<V>.
@_cdecl("seal_sframe")
public func sealSFrame(_ address: UnsafePointer<UInt8>?, _ count: Int32) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe Answer.of { () throws(E2EEError) -> [UInt8] in
        let input = unsafe [UInt8](lent: address, count)
        return try FrameTrial.reading(input) { (reader: inout ByteReader) throws(WireError) in
            try FrameTrial.Single(reading: &reader)
        }.seal(BoringProvider())
    }
}

/// Frames of one stream, in order: the stream, then for each frame key[1] media time[4] width[2] height[2] spatial[1]
/// temporal[1] data<V>. Answers with the sealed frames, each <V>.
@_cdecl("seal_frames")
public func sealFrames(_ address: UnsafePointer<UInt8>?, _ count: Int32) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe Answer.of { () throws(E2EEError) -> [UInt8] in
        let input = unsafe [UInt8](lent: address, count)
        return try FrameTrial.reading(input) { (reader: inout ByteReader) throws(WireError) in
            try FrameTrial.Sealing(reading: &reader)
        }.run(BoringProvider())
    }
}

/// Opens what a stream sealed: the stream, then for each frame key[1] data<V>. Answers with the payloads, each <V>.
@_cdecl("open_frames")
public func openFrames(_ address: UnsafePointer<UInt8>?, _ count: Int32) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe Answer.of { () throws(E2EEError) -> [UInt8] in
        let input = unsafe [UInt8](lent: address, count)
        return try FrameTrial.reading(input) { (reader: inout ByteReader) throws(WireError) in
            try FrameTrial.Opening(reading: &reader)
        }.run(BoringProvider())
    }
}
