internal import Wire

/// Both sides' credentials as bytes.
struct ICECredentialPair {
    var localFragment: [UInt8]
    var localPassword: [UInt8]
    var remoteFragment: [UInt8]
    var remotePassword: [UInt8]

    init(local: ICECredentials, remote: ICECredentials) {
        self.localFragment = Array(local.userFragment.utf8)
        self.localPassword = Array(local.password.utf8)
        self.remoteFragment = Array(remote.userFragment.utf8)
        self.remotePassword = Array(remote.password.utf8)
    }

    /// What our requests carry: the receiver's fragment first (RFC 8445 §7.2.2).
    var username: [UInt8] { self.remoteFragment + [UInt8(ascii: ":")] + self.localFragment }

    /// Whether a request to us names both fragments, ours first.
    func isUsername(_ range: Range<Int>?, in bytes: RawSpan) -> Bool {
        guard let range, range.count == self.localFragment.count + 1 + self.remoteFragment.count else { return false }
        var at = range.lowerBound
        for byte in self.localFragment {
            guard bytes.u8(at) == byte else { return false }
            at += 1
        }
        guard bytes.u8(at) == UInt8(ascii: ":") else { return false }
        at += 1
        for byte in self.remoteFragment {
            guard bytes.u8(at) == byte else { return false }
            at += 1
        }
        return true
    }

    /// RFC 8839 §5.4: 4 to 256 and 22 to 256 ice-chars.
    var isWellFormed: Bool {
        func fits(_ bytes: [UInt8], _ range: ClosedRange<Int>) -> Bool {
            range.contains(bytes.count)
                && bytes.allSatisfy {
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) || $0 == UInt8(ascii: "+")
                        || $0 == UInt8(ascii: "/")
                }
        }
        return fits(self.localFragment, 4...256) && fits(self.remoteFragment, 4...256)
            && fits(self.localPassword, 22...256) && fits(self.remotePassword, 22...256)
    }
}
