internal import Wire

/// Making meetings and links. It needs no link of this door's own, and leaves one that is held as it is.
extension EngineDoor {
    /// Makes the secrets of a new meeting and signs what it is; takes a `DraftOrder`. Answers with the id of its invite[16],
    /// its descriptor<V> and its lobby descriptor<V>; the secret is the fragment of the common link, 44 characters, then that
    /// of the host link, 66. Who has the second one is the host: nothing of it stays here.
    package borrowing func draft(_ bytes: [UInt8]) throws(E2EEError) -> OutputForm {
        defer { wipeStack() }
        let order = try DraftOrder(decoding: bytes)
        let link = try Link(newMeeting: order.instance.meetingID, self.crypto)
        let signed = try order.draft.signed(by: link, self.crypto)
        var writer = ByteWriter()
        writer.append(link.invite(self.crypto).derive(.identifier, self.crypto).copied())
        writer.vector(signed.meeting.encoded)
        writer.vector(signed.lobby.encoded)
        return OutputForm(bytes: writer.bytes, secret: Self.held(link.guestFragment(), link.fragment()))
    }

    /// Makes a personal link under a host link: instance[4] may enter: 0 or 1[1] not before[8] not after[8], then the host
    /// link, path<V> fragment<V>. Answers with SHA-256 of the ticket key[32], that key[32] and its certificate<V>; the secret
    /// is the fragment, 87 characters. `usage` `unsupported` is a link that is no host's.
    package borrowing func personal(_ bytes: [UInt8]) throws(E2EEError) -> OutputForm {
        defer { wipeStack() }
        let order = try PersonalOrder(bytes)
        let personal = try order.link.link(self.crypto).personal(
            order.mayEnter ? .enter : [], instance: order.instance, notBefore: order.notBefore,
            notAfter: order.notAfter, self.crypto)
        let key = personal.certificate.subjectKey
        var writer = ByteWriter()
        writer.append(Labelled<Crypto>.sha256(self.crypto, key))
        writer.append(key)
        writer.vector(personal.certificate.encoded)
        return OutputForm(bytes: writer.bytes, secret: Self.held(personal.link.fragment(), []))
    }

    /// Makes a job for a service under a host link: instance[4] role[1] owner's key[32] purposes[2] place[1] not before[8] not
    /// after[8], then the host link, path<V> fragment<V>. Answers with the key of the service's leaf[32]; the secret is the
    /// fragment, 374 characters. `usage` `unsupported` is a link that is no host's.
    package borrowing func service(_ bytes: [UInt8]) throws(E2EEError) -> OutputForm {
        defer { wipeStack() }
        let order = try ServiceOrder(bytes)
        let link = try order.link.link(self.crypto).service(
            order.info, instance: order.instance, notBefore: order.notBefore, notAfter: order.notAfter, self.crypto)
        return OutputForm(bytes: link.job?.certificate.subjectKey ?? [], secret: Self.held(link.fragment(), []))
    }

    /// Fragments as one secret. The arrays they came in are zeroed.
    private static func held(_ first: consuming [UInt8], _ second: consuming [UInt8]) -> HeldSecret {
        let held = HeldSecret(Secret(joining: first.span, second.span))
        first.wipe()
        second.wipe()
        return held
    }
}
