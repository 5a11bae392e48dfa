import E2EE

/// The doors to a meeting (`docs/wasm.md`). Times are milliseconds, of a clock that never goes back and of Unix; both below
/// 2^53.

/// Takes a link: path<V> fragment<V>. Answers with its kind[1] and the id of its invite[16].
@_cdecl("engine_open")
public func engineOpen(_ address: UnsafePointer<UInt8>?, _ count: Int32) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe Answer.of { () throws(E2EEError) -> [UInt8] in
        try unsafe MeetingHolder.shared.door.open([UInt8](lent: address, count))
    }
}

/// Answers with the fragment of the common link.
@_cdecl("engine_guest_fragment")
public func engineGuestFragment() -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: the answer belongs to the page.
    unsafe Answer.of { () throws(E2EEError) -> [UInt8] in try unsafe MeetingHolder.shared.door.guestFragment() }
}

/// Makes an engine under a name, and lets it find the way in.
@_cdecl("engine_enter")
public func engineEnter(
    _ monotonic: UInt64, _ unix: UInt64, _ address: UnsafePointer<UInt8>?, _ count: Int32
) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe Answer.of { () throws(E2EEError) -> [UInt8] in
        let config = unsafe [UInt8](lent: address, count)
        try unsafe MeetingHolder.shared.door.enter(config, monotonic: monotonic, unix: unix)
        return []
    }
}

/// The connection stands.
@_cdecl("engine_connected")
public func engineConnected(_ monotonic: UInt64, _ unix: UInt64) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: the answer belongs to the page.
    unsafe MeetingHolder.handle(.connected, monotonic, unix)
}

/// The connection is gone.
@_cdecl("engine_disconnected")
public func engineDisconnected(_ monotonic: UInt64, _ unix: UInt64) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: the answer belongs to the page.
    unsafe MeetingHolder.handle(.disconnected, monotonic, unix)
}

/// Time passed.
@_cdecl("engine_tick")
public func engineTick(_ monotonic: UInt64, _ unix: UInt64) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: the answer belongs to the page.
    unsafe MeetingHolder.handle(.tick, monotonic, unix)
}

/// A binary message of the server.
@_cdecl("engine_wire")
public func engineWire(
    _ monotonic: UInt64, _ unix: UInt64, _ address: UnsafePointer<UInt8>?, _ count: Int32
) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe MeetingHolder.handle(.wire([UInt8](lent: address, count)), monotonic, unix)
}

/// What the person wants.
@_cdecl("engine_command")
public func engineCommand(
    _ monotonic: UInt64, _ unix: UInt64, _ address: UnsafePointer<UInt8>?, _ count: Int32
) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe Answer.of { () throws(E2EEError) -> [UInt8] in
        let command = try EngineCommand(decoding: unsafe [UInt8](lent: address, count))
        try unsafe MeetingHolder.shared.door.handle(.command(command), monotonic: monotonic, unix: unix)
        return []
    }
}

/// Answers with the next output, or with no bytes when nothing is left to do. A base key leaves here, once.
@_cdecl("engine_next")
public func engineNext() -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: the answer belongs to the page.
    guard let output = unsafe MeetingHolder.shared.door.next() else { return unsafe Answer.of([], nil) }
    let form = output.form
    return unsafe Answer.of(form.bytes, form.secret)
}

/// Forgets link and engine.
@_cdecl("engine_forget")
public func engineForget() -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: the answer belongs to the page.
    unsafe Answer.of { () throws(E2EEError) -> [UInt8] in
        unsafe MeetingHolder.shared.door.forget()
        return []
    }
}
