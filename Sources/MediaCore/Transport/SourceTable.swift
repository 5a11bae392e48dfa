/// What an SSRC of the peer is: which section and encoding it belongs to, and whether it carries retransmissions.
struct SourceBinding: BitwiseCopyable {
    var ssrc: UInt32
    /// Index into `EndpointParameters.incoming`.
    var section: UInt16
    /// Simulcast encoding.
    var encoding: UInt8
    /// RFC 4588 stream.
    var isRetransmission: Bool
    /// Index of the receive stream the packets count for.
    var stream: UInt16
}

/// SSRC to binding: open addressing over a fixed power of two, at most half full, never rehashed. An SSRC enters only
/// after a packet of it was authenticated, or because signalling named it (`media.md` 6.1).
struct SourceTable: ~Copyable {
    private var cells: [SourceBinding?]
    private let mask: UInt32
    private(set) var count = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        var size = 16
        while size < limit * 2 { size *= 2 }
        self.cells = Array(repeating: nil, count: size)
        self.mask = UInt32(size - 1)
    }

    private func start(_ ssrc: UInt32) -> UInt32 { (ssrc &* 0x9E37_79B1) >> 7 & self.mask }

    /// The binding of `ssrc`, if it has one.
    func find(_ ssrc: UInt32) -> SourceBinding? {
        var at = self.start(ssrc)
        while let cell = self.cells[Int(at)] {
            if cell.ssrc == ssrc { return cell }
            at = (at &+ 1) & self.mask
        }
        return nil
    }

    /// Adds a binding; false when the table is full. The first binding of an SSRC stays.
    mutating func insert(_ binding: SourceBinding) -> Bool {
        guard self.count < self.limit else { return false }
        var at = self.start(binding.ssrc)
        while let cell = self.cells[Int(at)] {
            if cell.ssrc == binding.ssrc { return true }
            at = (at &+ 1) & self.mask
        }
        self.cells[Int(at)] = binding
        self.count += 1
        return true
    }
}
