import E2EE

/// The doors by which meetings and links are made (`docs/wasm.md`). Secrets come from the page's random bytes, and leave once,
/// at the end of an answer.

/// Makes a new meeting's secrets, and signs what it is.
@_cdecl("engine_draft")
public func engineDraft(_ address: UnsafePointer<UInt8>?, _ count: Int32) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe Answer.form { () throws(E2EEError) -> OutputForm in
        try unsafe MeetingHolder.shared.door.draft([UInt8](lent: address, count))
    }
}

/// Makes a job for a service under a host link.
@_cdecl("engine_service")
public func engineService(_ address: UnsafePointer<UInt8>?, _ count: Int32) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe Answer.form { () throws(E2EEError) -> OutputForm in
        try unsafe MeetingHolder.shared.door.service([UInt8](lent: address, count))
    }
}

/// Makes a personal link under a host link.
@_cdecl("engine_personal")
public func enginePersonal(_ address: UnsafePointer<UInt8>?, _ count: Int32) -> UnsafeMutablePointer<UInt8>? {
    // SAFETY: what the page lent is copied, and the answer belongs to the page.
    unsafe Answer.form { () throws(E2EEError) -> OutputForm in
        try unsafe MeetingHolder.shared.door.personal([UInt8](lent: address, count))
    }
}
