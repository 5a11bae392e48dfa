/// Messages to one person alone (`e2ee.md` 8, kind 23).
extension Engine {
    /// A message sealed to somebody's leaf, as the body of one of the group.
    mutating func sealed(_ message: AppMessage, to occupant: Occupant, _ place: Place<Crypto>) -> [UInt8]? {
        var inner = self.filled(message)
        defer { if message.kind == .lobbyKey { inner.wipe() } }
        let way = DirectContext(
            groupID: place.groupID, epoch: place.epoch, from: place.ownLeaf, to: occupant.index)
        do throws(E2EEError) {
            return try Direct(inner, to: occupant.leafNode, way, self.crypto).encoded
        } catch {
            self.report(.app)
            return nil
        }
    }

    /// Somebody wrote to one person. Only that one's key opens it; what does not open is its author's doing, for the server
    /// cannot change it.
    mutating func gotDirect(
        _ body: [UInt8], by leaf: UInt32, _ key: [UInt8], _ place: Place<Crypto>, now: EngineTime
    ) {
        guard let direct = Direct(read: body) else { return self.report(.app, leaf: leaf) }
        // It is for somebody else, and the server handed it to us, or its author did.
        guard direct.leaf == place.ownLeaf else { return }
        let context = DirectContext(groupID: place.groupID, epoch: place.epoch, from: leaf, to: place.ownLeaf).encoded
        do throws(E2EEError) {
            guard let plaintext = try self.group?.open(direct.sealed, "direct", context.span) else { return }
            var message = try AppMessage(decoding: plaintext)
            guard place.lets(leaf, .write(to: place.own)) else { throw E2EEError(.validation, .sender) }
            guard self.people.isNew(message.id, from: key) else { return }
            switch message.kind {
            case .chat, .chatChange:
                self.hear(message, by: leaf, key, isAlone: true, place, now: now)
            case .lobbyKey:
                defer { message.wipe() }
                try self.gotLobbyKey(message.body, by: leaf, place)
            default: throw E2EEError(.validation, .sender)
            }
        } catch {
            self.report(.app, leaf: leaf)
        }
    }
}
