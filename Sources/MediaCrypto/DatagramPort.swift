internal import CNIOBoringSSL

/// Where BoringSSL reads and writes datagrams. Its own memory BIO loses their borders, so this is a BIO of our own: one
/// read is one datagram, one write is one datagram. It never blocks and keeps a bounded number of datagrams; what does
/// not fit is lost, as on any network, and sent again by the retransmission timer.
@safe final class DatagramPort {
    /// What `SSL_set_mtu` gets, so the longest datagram that comes out.
    static let maximumDatagram = 1_200
    /// A flight with a post-quantum key share is three datagrams; twice that and some alerts fit.
    private static let maximumWaiting = 8

    // SAFETY: points into the caller's datagram for the length of `withInput` alone.
    private var input: UnsafeRawBufferPointer?
    private(set) var waiting: [[UInt8]] = []
    /// Datagrams written since the port was made or `forget` was called.
    private(set) var written = 0

    /// Lends `datagram` to the next read, for the length of `body`. What nobody reads is dropped.
    func withInput<Result>(_ datagram: RawSpan, _ body: () -> Result) -> Result {
        unsafe datagram.withUnsafeBytes { bytes in
            unsafe self.input = bytes
            defer { unsafe self.input = nil }
            return body()
        }
    }

    /// Takes the next datagram to send, in order.
    func takeNext(into out: UnsafeMutableRawBufferPointer) -> Int {
        guard let datagram = self.waiting.first, datagram.count <= out.count else { return 0 }
        self.waiting.removeFirst()
        // SAFETY: the length was checked.
        unsafe out.copyBytes(from: datagram)
        return datagram.count
    }

    /// Drops what was not sent yet.
    func forget() {
        self.waiting.removeAll()
        self.written = 0
    }

    fileprivate func read(into out: UnsafeMutableRawBufferPointer) -> Int? {
        guard let datagram = unsafe self.input else { return nil }
        unsafe self.input = nil
        let count = min(datagram.count, out.count)
        // SAFETY: `count` bytes are inside both.
        unsafe out.copyMemory(from: UnsafeRawBufferPointer(rebasing: datagram[..<count]))
        return count
    }

    fileprivate func write(_ bytes: UnsafeRawBufferPointer) {
        self.written += 1
        guard self.waiting.count < Self.maximumWaiting, bytes.count <= Self.maximumDatagram else { return }
        unsafe self.waiting.append([UInt8](bytes))
    }
}

extension DatagramPort {
    /// A BIO over `port`. It holds no reference: the owner of the SSL outlives it.
    static func makeBIO(over port: DatagramPort) -> OpaquePointer? {
        guard let bio = unsafe BIO_new(Self.method) else { return nil }
        unsafe BIO_set_data(bio, Unmanaged.passUnretained(port).toOpaque())
        unsafe BIO_set_init(bio, 1)
        return unsafe bio
    }

    // SAFETY: made once, never changed afterwards, never freed.
    nonisolated(unsafe) private static let method: OpaquePointer? = {
        guard let method = unsafe BIO_meth_new(BIO_get_new_index(), nil) else { return nil }
        unsafe BIO_meth_set_read(method) { bio, out, count in
            guard let bio = unsafe bio, let out = unsafe out, let port = unsafe DatagramPort.of(bio) else { return -1 }
            unsafe BIO_clear_retry_flags(bio)
            guard let read = unsafe port.read(into: .init(start: out, count: Int(count))) else {
                unsafe BIO_set_retry_read(bio)
                return -1
            }
            return Int32(read)
        }
        unsafe BIO_meth_set_write(method) { bio, bytes, count in
            guard let bio = unsafe bio, let bytes = unsafe bytes, let port = unsafe DatagramPort.of(bio) else {
                return -1
            }
            unsafe BIO_clear_retry_flags(bio)
            unsafe port.write(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
            return count
        }
        // Flush is always done; everything else (MTU queries above all) is not known here.
        unsafe BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        return unsafe method
    }()

    private static func of(_ bio: OpaquePointer) -> DatagramPort? {
        // SAFETY: `makeBIO` put the port there, and the association that owns both keeps it alive.
        unsafe BIO_get_data(bio).map { unsafe Unmanaged<DatagramPort>.fromOpaque($0).takeUnretainedValue() }
    }
}
