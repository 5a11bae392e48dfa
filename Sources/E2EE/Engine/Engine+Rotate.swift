internal import Wire

/// Renewing the link (`e2ee.md` 3.1, Rotation): whoever has the old one stands at the door like a stranger then.
extension Engine {
    /// Makes a secret; everybody is told, then the policy names it.
    mutating func rotateLink(now: EngineTime) {
        guard let place = self.place, place.own.rights.contains(.policy), self.rotation == nil, let access = self.access
        else { return self.tell(.refused(.rotateLink)) }
        let crypto = self.crypto
        do throws(E2EEError) {
            let secret = HeldSecret(
                try Secret(count: 16) { (out: inout MutableSpan<UInt8>) throws(E2EEError) in try crypto.random(&out) })
            let keys = try InviteKeys(
                secret: secret.secret, meetingID: access.instance.meetingID, fingerprint: access.fingerprint, crypto)
            try self.access?.offer(secret, crypto)
            self.rotation = Rotation(keys.identifier, secret, now: now.monotonic)
            self.want(.policy(.invite(keys.identifier)))
        } catch {
            self.tell(.refused(.rotateLink))
        }
    }

    /// Tells everybody of the epoch the secret, once the gate and a fresh sign of another host allow it (`e2ee.md` 8).
    mutating func announceInvite(now: EngineTime) {
        guard let rotation = self.rotation, let place = self.place else { return }
        if now.monotonic >= rotation.until, self.inFlight?.intent != .policy(.invite(rotation.identifier)) {
            self.intents.removeAll { $0 == .policy(.invite(rotation.identifier)) }
            return self.giveUp(.policy(.invite(rotation.identifier)))
        }
        guard self.line.isBound, !self.order.isBehind, rotation.isDue(in: place.epoch, now: now.monotonic) else {
            return
        }
        var body = InviteUpdate(rotation.secret).encoded
        let isSaid = self.say(.inviteUpdate, body, for: .inviteUpdate(place.epoch), now: now)
        body.wipe()
        if isSaid { self.rotation?.said(in: place.epoch) } else { self.rotation?.failed(now: now.monotonic) }
    }

    /// Whether the policy may name the new invite: everybody who is in the epoch knows its secret.
    func isTold(_ identifier: [UInt8]) -> Bool {
        guard let rotation = self.rotation, rotation.identifier == identifier else { return true }
        return rotation.toldIn == self.place?.epoch
    }

    /// Somebody says which secret comes next.
    mutating func gotInvite(_ body: [UInt8], by leaf: UInt32, _ place: Place<Crypto>) {
        guard place.roles[leaf]?.rights.contains(.policy) == true, let update = InviteUpdate(read: body) else {
            return self.report(.app, leaf: leaf)
        }
        do throws(E2EEError) {
            try self.access?.offer(update.secret, self.crypto)
        } catch {
            self.report(.app, leaf: leaf)
        }
    }

    /// The policy of an epoch names the invite in force. Whoever was not told its secret stays in, and says so: they follow
    /// until somebody is added, for whom the secret is needed (`docs/decisions/0009`).
    mutating func followInvite(_ place: Place<Crypto>) {
        guard var access = self.access else { return }
        let before = access.invite.identifier
        guard access.follow(place.policy.inviteID) else {
            if self.missingInvite != place.policy.inviteID { self.report(.psk) }
            self.missingInvite = place.policy.inviteID
            return
        }
        self.access = access
        self.missingInvite = nil
        guard access.invite.identifier != before else { return }
        self.tell(.invite(access.invite.identifier))
        guard let rotation = self.rotation else { return }
        if rotation.identifier == access.invite.identifier {
            self.rotation = nil
        } else {
            // Somebody else's came first. Ours follows it, as it was asked for.
            do throws(E2EEError) {
                try self.access?.offer(rotation.secret, self.crypto)
            } catch {
                self.giveUp(.policy(.invite(rotation.identifier)))
            }
        }
    }

    /// Opens a Welcome far enough to see the state it speaks of: by the link's key, or by that of a newer link of which the host
    /// told us while we waited.
    mutating func info(of welcome: Welcome, _ own: OwnKeyPackage) throws(E2EEError) -> GroupInfo {
        guard var access = self.access else { throw E2EEError(.usage, .closed) }
        do throws(E2EEError) {
            return try WelcomeCheck.info(welcome, own, access.invite, self.crypto)
        } catch {
            for offered in access.offered.reversed() {
                // What is no Welcome by this one either may be by the next; in the end the first reason counts.
                guard let info = try? WelcomeCheck.info(welcome, own, offered.keys, self.crypto) else { continue }
                _ = access.follow(offered.keys.identifier)
                self.access = access
                self.tell(.invite(offered.keys.identifier))
                return info
            }
            throw error
        }
    }

    /// The link we have is not the one in force: only somebody at the door can tell us the new one.
    mutating func comeWithOldLink(now: EngineTime) {
        self.report(.psk)
        if self.place == nil { self.knock(now: now) } else { self.lostPlace(now: now, isLinkOld: true) }
    }

    /// Tells people who are about to be let in the secret without which they cannot follow: whoever knocked by a link of before,
    /// or was in and may have missed it (`e2ee.md` 9). Nobody else at the door learns it.
    mutating func tellInvite(_ hashes: [[UInt8]]) {
        guard let access = self.access, let chain = self.chain, let identity = self.identity else { return }
        let current = access.invite.identifier
        for guest in self.waitingRoom.guests(hashes)
        where guest.noted != current && (guest.inviteID != current || guest.knock.pass != nil) {
            do throws(E2EEError) {
                var note = LobbyNote(text: [], inviteSecret: access.inviteSecret, issuer: chain)
                try note.sign(identity.signatureKey.secret, self.crypto)
                let sealed = try Lobby.seal(note, to: guest.request, self.crypto)
                let hash = guest.entry.requestHash
                self.send(.note(LobbyNoteFrame(requestHash: hash, sealed: sealed, decision: .soon)))
                self.waitingRoom.set(noted: current, of: hash)
            } catch {
                self.report(.welcome)
            }
        }
    }
}

/// For whoever passes the link on, and for tests.
extension Engine {
    /// The fragment of the common link as it is now; nothing once we are out.
    package var guestFragment: [UInt8]? { self.access?.guestFragment() }
}
