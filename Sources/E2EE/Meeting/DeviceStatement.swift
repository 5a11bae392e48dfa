package import Wire

/// A server's word that a device belongs to an account, and the device's word that a leaf is its own (`e2ee.md` 9).
package struct DeviceStatement: SelfSigned, Equatable, Sendable {
    /// Name of the account, UTF-8.
    package var account: [UInt8]
    package var deviceKey: [UInt8]
    package var leafKey: [UInt8]
    package var instance: MeetingInstance
    package var notAfter: UInt64
    /// Sign(server account key, "account", account || device_key)
    package var serverSignature: [UInt8]
    package var signature: [UInt8] = []

    package static var signingLabel: StaticString { "device" }

    /// Without the device's signature, from its fields.
    package init(
        account: [UInt8], device: [UInt8], leaf: [UInt8], _ instance: MeetingInstance, notAfter: UInt64,
        serverSignature: [UInt8]
    ) {
        self.account = account
        self.deviceKey = device
        self.leafKey = leaf
        self.instance = instance
        self.notAfter = notAfter
        self.serverSignature = serverSignature
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.account = try reader.opaque(max: 255)
        self.deviceKey = try reader.key()
        self.leafKey = try reader.key()
        self.instance = try MeetingInstance(reading: &reader)
        self.notAfter = try reader.u64()
        self.serverSignature = try reader.signature()
        self.signature = try reader.signature()
    }

    /// Everything before the device's signature.
    package func writeUnsigned(to writer: inout ByteWriter) {
        writer.vector(self.account)
        writer.append(self.deviceKey)
        writer.append(self.leafKey)
        self.instance.write(to: &writer)
        writer.u64(self.notAfter)
        writer.vector(self.serverSignature)
    }

    /// The server's signature over an account and a device.
    package static func serverSignature<Crypto: CryptoProvider>(
        _ account: [UInt8], device: [UInt8], by key: borrowing Secret, _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        try Labelled<Crypto>.sign(crypto, key, "account", account + device)
    }

    /// Whether both signatures hold, for this leaf and occurrence.
    package func holds<Crypto: CryptoProvider>(
        for leaf: [UInt8], _ instance: MeetingInstance, serverKey: [UInt8], _ crypto: Crypto
    ) -> Bool {
        self.leafKey == leaf && self.instance == instance && self.isSigned(by: self.deviceKey, crypto)
            && Labelled<Crypto>.isSigned(
                crypto, by: serverKey, "account", self.account + self.deviceKey, self.serverSignature)
    }
}
