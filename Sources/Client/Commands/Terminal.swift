internal import Glibc

/// Lines for the person or program that started us; each goes out at once, also into a pipe.
enum Terminal {
    static func say(_ line: String) { Self.write(line, to: 1) }

    static func complain(_ line: String) { Self.write(line, to: 2) }

    private static func write(_ line: String, to descriptor: Int32) {
        let bytes = Array((line + "\n").utf8)
        var done = 0
        while done < bytes.count {
            // SAFETY: the slice lives for the whole call, which reads exactly its count.
            let count = unsafe bytes[done...].withUnsafeBytes { raw in
                unsafe Glibc.write(descriptor, raw.baseAddress, raw.count)
            }
            // A reader that has gone is no reason to stop what we are doing.
            guard count > 0 else { return }
            done += count
        }
    }
}
