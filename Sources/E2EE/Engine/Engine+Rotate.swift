internal import Wire

/// Renewing the link (`e2ee.md` 3.1, Rotation): whoever has the old one stands at the door like a stranger then.
extension Engine {
    /// Makes a secret; everybody is told, then the policy names it.
    mutating func rotateLink(now: EngineTime) {
        do throws(E2EEError) {
            try self.beginRotation(isAsked: true, now: now)
        } catch {
            self.tell(.refused(.rotateLink))
        }
    }

    /// With a secret that there was before, or a fresh one.
    private mutating func beginRotation(
        to known: HeldSecret? = nil, isAsked: Bool, now: EngineTime
    ) throws(E2EEError) {
        guard let place = self.place, place.own.rights.contains(.policy), self.rotation == nil,
            let access = self.access, let identity = self.identity
        else { throw E2EEError(.usage, .closed) }
        let crypto = self.crypto
        let secret: HeldSecret
        if let known {
            secret = known
        } else {
            secret = HeldSecret(
                try Secret(count: 16) { (out: inout MutableSpan<UInt8>) throws(E2EEError) in try crypto.random(&out) })
        }
        let invite = try access.invite(of: secret, by: identity.signaturePublicKey, isOfHost: true, crypto)
        self.access?.offer(invite)
        self.rotation = Rotation(invite, isAsked: isAsked, now: now.monotonic)
        self.want(.policy(.invite(invite.keys.identifier)))
    }

    /// The policy names an invite of which nobody told a host anything: whoever put it there lets in whom they like, and
    /// nobody else can. A host puts another one in its place, which needs no secret of today's (`e2ee.md` 4.2 P): the one
    /// before, which everybody has who was invited, or a fresh one where that may be in wrong hands.
    mutating func replaceMissingInvite(now: EngineTime) {
        guard let missing = self.missingInvite, self.rotation == nil, self.hasHostLink, self.line.isBound,
            !self.order.isBehind, let place = self.place, let access = self.access
        else { return }
        // Another host may have renewed it because it leaked, and through an open door it lets in all by itself.
        let isFormerGood = !missing.isOfHost && place.policy.admission != .open
        do throws(E2EEError) {
            try self.beginRotation(to: isFormerGood ? access.inviteSecret : nil, isAsked: false, now: now)
        } catch {
            // Nothing random, or no right any more: nobody asked for it, and the next tick tries again.
            return
        }
    }

    /// Whether the authority's own word makes us a host.
    var hasHostLink: Bool { self.chain?.role == .host }

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
        var body = InviteUpdate(rotation.invite.secret).encoded
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
        guard let standing = place.roles[leaf], standing.rights.contains(.policy), let author = place.key(of: leaf),
            let update = InviteUpdate(read: body)
        else { return self.report(.app, leaf: leaf) }
        do throws(E2EEError) {
            try self.keepInvite(update.secret, by: author, isOfHost: standing.role == .host)
        } catch {
            self.report(.app, leaf: leaf)
        }
    }

    /// Keeps a secret that may come next.
    mutating func keepInvite(_ secret: HeldSecret, by author: [UInt8], isOfHost: Bool) throws(E2EEError) {
        guard let invite = try self.access?.invite(of: secret, by: author, isOfHost: isOfHost, self.crypto) else {
            return
        }
        self.access?.offer(invite)
    }

    /// The policy of an epoch names the invite in force; `author` named it, as far as we saw. Whoever was not told its secret
    /// stays in, and says so: they follow until somebody is added, for whom the secret is needed (`docs/decisions/0009`).
    mutating func followInvite(_ place: Place<Crypto>, by author: Standing?) {
        guard var access = self.access else { return }
        let before = access.invite.identifier
        guard access.follow(place.policy.inviteID, own: self.rotation?.invite) else {
            return self.miss(place.policy.inviteID, by: author)
        }
        let wasMissing = self.missingInvite != nil
        self.access = access
        self.missingInvite = nil
        // Ours that is in force again is news as well: meanwhile it was not.
        guard access.invite.identifier != before || wasMissing else { return }
        self.tell(.invite(access.invite.identifier))
        guard let rotation = self.rotation else { return }
        if rotation.identifier == access.invite.identifier || !rotation.isAsked {
            // It is in force, or another one is whose secret we have: then nothing has to be replaced.
            self.rotation = nil
        } else {
            // Somebody else's came first. Ours follows it, as it was asked for.
            self.access?.offer(rotation.invite)
        }
    }

    /// Nobody told us the secret of the invite in force.
    private mutating func miss(_ identifier: [UInt8], by author: Standing?) {
        guard self.missingInvite?.identifier != identifier else { return }
        self.report(.psk)
        // Of whom we did not see a host may have done it, and the one before may have leaked.
        let isOfHost = author.map { $0.role == .host } ?? true || self.missingInvite?.isOfHost == true
        self.missingInvite = MissingInvite(identifier: identifier, isOfHost: isOfHost)
    }

    /// Opens a Welcome far enough to see the state it speaks of: by the link's key, or by that of a newer link of which the host
    /// told us while we waited. That is not ours yet: who let us in, and into what, is looked at once the tree is here
    /// (`followInvite`).
    func info(
        of welcome: Welcome, _ own: OwnKeyPackage
    ) throws(E2EEError) -> (info: GroupInfo, invite: InviteKeys) {
        guard let access = self.access else { throw E2EEError(.usage, .closed) }
        do throws(E2EEError) {
            return (try WelcomeCheck.info(welcome, own, access.invite, self.crypto), access.invite)
        } catch {
            for offered in access.offered.reversed() {
                // What is no Welcome by this one either may be by the next; in the end the first reason counts.
                guard let info = try? WelcomeCheck.info(welcome, own, offered.keys, self.crypto) else { continue }
                return (info, offered.keys)
            }
            throw error
        }
    }

    /// Whether a Commit adds somebody by the secret that nobody told us. Those who know it may be in its epoch, and no new
    /// place is to be had without it; what names any other key is refused by all. A host waits for no such place: their word
    /// takes that Commit back (`e2ee.md` 5, rule 6), and they put another link in the place of this one.
    func needsMissingInvite(_ commit: Commit) -> Bool {
        guard let missing = self.missingInvite, !self.hasHostLink else { return false }
        return commit.proposals.contains { item in
            guard case .proposal(.preSharedKey(let key)) = item else { return false }
            return key.psk.name == .external(missing.identifier)
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
        guard let access = self.access, self.hasHostLink, let chain = self.chain, let identity = self.identity else {
            return
        }
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
