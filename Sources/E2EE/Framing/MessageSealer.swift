internal import Wire

/// Protects and opens messages with the keys of one epoch (RFC 9420 §6). It knows no group rules: signatures are checked
/// against a key that the caller finds.
struct MessageSealer<Crypto: CryptoProvider>: Sendable {
    let crypto: SuiteCrypto<Crypto>
    let context: GroupContext

    /// Signs content for the form it will travel in.
    func sign(
        _ content: FramedContent, _ wireFormat: WireFormat, _ key: borrowing Secret
    ) throws(E2EEError) -> AuthenticatedContent {
        var message = AuthenticatedContent(
            wireFormat: wireFormat, content: content, auth: FramedContentAuthData(signature: [], confirmationTag: nil))
        message.auth.signature = try self.crypto.sign(
            key, asciiBytes("FramedContentTBS"), message.toBeSigned(in: self.context))
        return message
    }

    /// Whether the signature is by the owner of `key`.
    func isSigned(_ message: AuthenticatedContent, by key: [UInt8]) -> Bool {
        self.crypto.verify(
            key, asciiBytes("FramedContentTBS"), message.toBeSigned(in: self.context), message.auth.signature)
    }

    /// A PublicMessage; `membership` is needed for a member's.
    func seal(public message: AuthenticatedContent, membership: borrowing Secret) -> PublicMessage {
        var sealed = PublicMessage(content: message.content, auth: message.auth, membershipTag: nil)
        if message.content.sender.type == .member {
            sealed.membershipTag = sealed.tag(membership, in: self.context, self.crypto)
        }
        return sealed
    }

    /// The content of a PublicMessage whose membership tag holds, if it has to have one.
    func open(_ message: PublicMessage, membership: borrowing Secret) throws(E2EEError) -> AuthenticatedContent {
        if message.content.sender.type == .member {
            let expected = message.tag(membership, in: self.context, self.crypto)
            guard let tag = message.membershipTag, equalInConstantTime(tag, expected) else {
                throw E2EEError(.validation, .tag)
            }
        }
        return message.authenticated
    }

    /// A PrivateMessage by the member at `leaf`, with the key of one generation of its ratchet.
    func seal(
        private message: AuthenticatedContent, leaf: UInt32, generation: UInt32, _ key: RatchetKey,
        senderData: borrowing Secret, _ padding: Padding
    ) throws(E2EEError) -> PrivateMessage {
        let content = message.content
        let type = content.content.type
        let guardBytes = try self.crypto.provider.randomBytes(4)
        var inner = PrivateMessageContent(content: content.content, auth: message.auth, paddingByteCount: 0)
        let plain = inner.encoded.count
        inner.paddingByteCount = padding.zeros(after: plain)
        let aad = PrivateContentAAD(
            groupID: content.groupID, epoch: content.epoch, contentType: type,
            authenticatedData: content.authenticatedData
        ).encoded
        var plaintext = inner.encoded
        defer { plaintext.wipe() }
        let ciphertext = try self.seal(key, guardBytes, aad: aad, plaintext)
        let sample = self.senderDataKey(senderData, ciphertext)
        let data = SenderData(leafIndex: leaf, generation: generation, reuseGuard: guardBytes).encoded
        let dataAAD = SenderDataAAD(groupID: content.groupID, epoch: content.epoch, contentType: type).encoded
        return PrivateMessage(
            groupID: content.groupID, epoch: content.epoch, contentType: type,
            authenticatedData: content.authenticatedData,
            encryptedSenderData: try self.seal(sample, [0, 0, 0, 0], aad: dataAAD, data), ciphertext: ciphertext)
    }

    /// Who sent a PrivateMessage, and with which generation of its ratchet.
    func senderData(
        of message: PrivateMessage, _ senderData: borrowing Secret
    ) throws(E2EEError) -> SenderData {
        let aad = SenderDataAAD(groupID: message.groupID, epoch: message.epoch, contentType: message.contentType)
        let key = self.senderDataKey(senderData, message.ciphertext)
        let data = try self.open(key, [0, 0, 0, 0], aad: aad.encoded, message.encryptedSenderData)
        return try SenderData(decoding: data)
    }

    /// The content of a PrivateMessage.
    func open(
        _ message: PrivateMessage, _ data: SenderData, _ key: RatchetKey
    ) throws(E2EEError) -> AuthenticatedContent {
        let aad = PrivateContentAAD(
            groupID: message.groupID, epoch: message.epoch, contentType: message.contentType,
            authenticatedData: message.authenticatedData)
        var plaintext = try self.open(key, data.reuseGuard, aad: aad.encoded, message.ciphertext)
        defer { plaintext.wipe() }
        let inner = try PrivateMessageContent(message.contentType, decoding: plaintext)
        let content = FramedContent(
            groupID: message.groupID, epoch: message.epoch, sender: .member(data.leafIndex),
            authenticatedData: message.authenticatedData, content: inner.content)
        return AuthenticatedContent(wireFormat: .privateMessage, content: content, auth: inner.auth)
    }

    /// Key and nonce of the sender data, from a sample of the ciphertext (§6.3.2).
    func senderDataKey(_ secret: borrowing Secret, _ ciphertext: [UInt8]) -> RatchetKey {
        let sample = [UInt8](ciphertext.prefix(self.crypto.hashByteCount))
        return RatchetKey(
            key: HeldSecret(
                self.crypto.expand(secret, asciiBytes("key"), sample, count: self.crypto.suite.aead.keyByteCount)),
            nonce: self.crypto.expand(secret, asciiBytes("nonce"), sample, count: AEAD.nonceByteCount).span.copied())
    }

    private func seal(
        _ key: RatchetKey, _ guardBytes: [UInt8], aad: [UInt8], _ plaintext: [UInt8]
    ) throws(E2EEError) -> [UInt8] {
        let nonce = Self.guarded(key.nonce, guardBytes)
        return try self.crypto.seal(key.key.secret, nonce: nonce, aad: aad, plaintext)
    }

    private func open(
        _ key: RatchetKey, _ guardBytes: [UInt8], aad: [UInt8], _ ciphertext: [UInt8]
    ) throws(E2EEError) -> [UInt8] {
        let nonce = Self.guarded(key.nonce, guardBytes)
        return try self.crypto.open(key.key.secret, nonce: nonce, aad: aad, ciphertext)
    }

    private static func guarded(_ nonce: [UInt8], _ guardBytes: [UInt8]) -> [UInt8] {
        var nonce = nonce
        for (index, byte) in guardBytes.enumerated() { nonce[index] ^= byte }
        return nonce
    }
}
