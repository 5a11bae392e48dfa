package import Wire

/// A command as bytes: its number, then its fields (`docs/wasm.md`).
extension EngineCommand: TLSStruct {
    /// Tells which command it is.
    var number: UInt8 {
        switch self {
        case .enter: 1
        case .admit: 2
        case .refuse: 3
        case .eject: 4
        case .sendBack: 5
        case .lock: 6
        case .setAdmission: 7
        case .makeCohost: 8
        case .continueUnhosted: 9
        case .send: 10
        case .leave: 11
        case .compare: 12
        case .compared: 13
        case .rotateLink: 14
        case .setFeatures: 15
        case .withdrawCohost: 16
        case .direct: 17
        case .rename: 18
        case .revokeTicket: 19
        case .message: 20
        case .consent: 21
        }
    }

    /// Of what is to be said, if it is that: by it a page knows what became of which.
    var kind: UInt8? {
        switch self {
        case .send(let kind, _, _), .direct(_, let kind, _): kind
        default: nil
        }
    }

    /// Whether it is told why it could not be carried out.
    var hasReason: Bool {
        switch self {
        case .admit, .revokeTicket: true
        default: false
        }
    }

    /// A word to somebody who waits is never longer.
    private static var noteByteCountMax: Int { 500 }
    /// More leaves no meeting has.
    private static var leavesMax: Int { 4_096 }
    /// To more people at once nobody speaks alone: each costs a message.
    package static var recipientsMax: Int { 32 }
    /// What somebody reads before they agree.
    private static var consentTextByteCountMax: Int { 8_192 }
    /// A name of 60 characters, as pages make them.
    package static var nameByteCountMax: Int { 120 }

    /// Reads the number, then the fields. Keys and hashes have 32 bytes, or it is no command.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.u8() {
        case 1: self = .enter
        case 2: self = .admit(try reader.keys(max: WaitingRoom.guestsMax))
        case 3: self = .refuse(try reader.key(), note: try reader.opaque(max: Self.noteByteCountMax))
        case 4: self = .eject(try reader.key())
        case 5: self = .sendBack(try reader.key())
        case 6: self = .lock(try reader.flag())
        case 7: self = .setAdmission(try reader.choice())
        case 8: self = .makeCohost(try reader.key())
        case 9: self = .continueUnhosted
        case 10:
            self = .send(
                kind: try reader.u8(), body: try reader.opaque(max: AppMessage.byteCountMax),
                deliverTo: try reader.list(max: Self.leavesMax))
        case 11: self = .leave
        case 12: self = .compare
        case 13: self = .compared(try reader.flag())
        case 14: self = .rotateLink
        case 15: self = .setFeatures(FeatureSet(rawValue: try reader.u32()))
        case 16: self = .withdrawCohost(try reader.key())
        case 17:
            self = .direct(
                try reader.keys(max: Self.recipientsMax), kind: try reader.u8(),
                body: try reader.opaque(max: AppMessage.byteCountMax))
        case 18: self = .rename(try reader.opaque(max: Self.nameByteCountMax))
        case 19: self = .revokeTicket(try reader.key())
        case 20: self = .message(try reader.key(), text: try reader.opaque(max: Self.noteByteCountMax))
        case 21:
            self = .consent(
                try reader.key(), try ServiceInfo(reading: &reader), isGiven: try reader.flag(),
                text: try reader.opaque(max: Self.consentTextByteCountMax))
        default: throw .illegalValue
        }
    }

    /// Writes the number, then the fields.
    package func write(to writer: inout ByteWriter) {
        writer.u8(self.number)
        switch self {
        case .enter, .continueUnhosted, .leave, .compare, .rotateLink: break
        case .admit(let hashes): writer.keys(hashes)
        case .refuse(let hash, let text), .message(let hash, let text):
            writer.append(hash)
            writer.vector(text)
        case .eject(let key), .sendBack(let key), .makeCohost(let key), .withdrawCohost(let key),
            .revokeTicket(let key):
            writer.append(key)
        case .lock(let flag), .compared(let flag): writer.u8(flag ? 1 : 0)
        case .setAdmission(let admission): writer.u8(admission.rawValue)
        case .send(let kind, let body, let leaves):
            writer.u8(kind)
            writer.vector(body)
            writer.list(leaves)
        case .setFeatures(let features): writer.u32(features.rawValue)
        case .direct(let keys, let kind, let body):
            writer.keys(keys)
            writer.u8(kind)
            writer.vector(body)
        case .rename(let name): writer.vector(name)
        case .consent(let key, let info, let isGiven, let text):
            writer.append(key)
            info.write(to: &writer)
            writer.u8(isGiven ? 1 : 0)
            writer.vector(text)
        }
    }
}
