internal import NIOCore

/// The addresses of this machine.
package enum OwnAddresses {
    /// Loopback, and the first other one: browsers on this machine need the first (Firefox: the second), others the
    /// second.
    package static func announced() -> [String] {
        let others = Self.all().filter(Self.isOther)
        let first = others.first { !$0.contains(":") } ?? others.first
        return ["127.0.0.1"] + (first.map { [$0] } ?? [])
    }

    /// Every address, loopback included.
    package static func all() -> [String] {
        let devices = (try? System.enumerateDevices()) ?? []  // a machine that does not tell has none to announce
        return devices.compactMap { $0.address?.ipAddress }
    }

    /// Neither loopback nor valid on one link only.
    private static func isOther(_ text: String) -> Bool {
        guard let bytes = IPText.bytes(of: text) else { return false }
        if bytes.count == 4 { return bytes[0] != 127 && !(bytes[0] == 169 && bytes[1] == 254) && bytes[0] != 0 }
        return bytes != [UInt8](repeating: 0, count: 15) + [1] && !(bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80)
    }
}
