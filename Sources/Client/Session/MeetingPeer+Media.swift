internal import E2EE
internal import MediaCore
internal import MediaCrypto
internal import Signalling

/// The media connection of a peer: it may break and be made anew while the place in the group, and the keys, stay.
extension MeetingPeer {
    /// So long after a failure, or without an answer, a media connection is asked for again.
    static let openAgain = Duration.seconds(1)
    private static let openPatience = Duration.seconds(5)

    func beginMedia(isOldSeat: Bool) {
        // A new leaf on the same line changes nothing about media.
        guard !self.isService else { return }
        guard !isOldSeat || self.line.isNew || (self.media == nil && self.openDue == nil) else { return }
        self.line.isNew = false
        if isOldSeat, self.media != nil { return self.restartMedia() }
        self.dropMedia()
        self.askForMedia()
    }

    private func restartMedia() {
        let local = MediaTerms.credentials()
        self.terms?.local = local
        self.say(.media(.restart(.init(ufrag: local.userFragment, pwd: local.password))))
    }

    func askForMedia() {
        do throws(ClientFailure) {
            let terms = try MediaTerms(
                layout: MediaLayout(audioSlots: self.options.audioSlots, videoSlots: self.options.videoSlots),
                sharesScreen: self.options.sharesScreen)
            self.terms = terms
            self.openDue = self.clock.now + Self.openPatience
            self.say(.media(.open(terms.offer)))
        } catch {
            self.end(error)
        }
    }

    func open(_ answer: Answer) {
        guard self.media == nil, let terms = self.terms, let (slots, parameters) = terms.parameters(answer) else {
            return
        }
        self.answer = answer
        self.openDue = nil
        self.mediaGeneration += 1
        let setup = MediaSetup(
            parameters: parameters, slots: slots, keyring: self.keyring, video: self.video, audio: self.audio,
            sharesScreen: self.options.sharesScreen, recordsPresealed: self.options.recordsPresealed,
            transform: self.options.transform)
        let media: MediaThread
        do {
            media = try MediaThread(setup, identity: terms.identity) {
                [feed = self.feed, generation = mediaGeneration] in
                feed.yield(.media($0, generation: generation))
            }
        } catch {
            return self.end(.system)
        }
        self.media = media
        // The gate may have moved while the thread began.
        media.order(.keysChanged(hasNewcomers: false))
        if self.audio != nil, self.session.sends(.microphone) {
            media.order(.send(.audio, isOn: true))
            self.publish(.microphone)
        }
        if self.video != nil, self.session.sends(self.pictureUse) {
            media.order(.send(.video, isOn: true))
            self.publish(self.pictureUse)
        }
        self.wantDue = self.clock.now
    }

    private var pictureUse: Permissions.Use { self.options.sharesScreen ? .screen : .camera }

    private func publish(_ use: Permissions.Use) {
        self.say(.media(.publish(.init(mid: Mid(unchecked: MediaLayout.mid(use))))))
    }

    /// Longer than the last packets of what was stopped are on their way, so that they can be told from what comes after.
    static let insistAfter = Duration.seconds(2)

    /// Asks again for what was stopped: only the tests' hostile peer has anything here.
    func insist(now: ContinuousClock.Instant) {
        for (use, due) in self.insistDue where due <= now && self.media != nil && self.line.socket != nil {
            self.insistDue[use] = nil
            self.publish(use)
        }
    }

    /// Sends this no more, as when the server stops it (`SessionValue`); and says so, for the server may know nothing of it.
    func stop(_ kind: MediaKind) {
        let isVoice = kind == .audio
        let use: Permissions.Use = isVoice ? .microphone : self.pictureUse
        for effect in self.session.silence(use) { self.carryOut(effect) }
        guard self.media != nil, isVoice ? self.audio != nil : self.video != nil else { return }
        self.say(.media(.withdraw(.init(mid: Mid(unchecked: MediaLayout.mid(use))))))
    }

    func follow(_ event: ClientMediaEvent) {
        switch event {
        case .connected(let version, let profile):
            self.progress.isConnected = true
            self.progress.dtlsVersion = version
            self.progress.srtpProfile = profile
            if self.progress.connectMilliseconds == nil {
                self.progress.connectMilliseconds = Int((self.clock.now - self.started) / .milliseconds(1))
            }
        case .silent:
            guard self.session.phase == .inside, self.line.socket != nil else { return }
            self.restartMedia()
        case .ended:
            self.dropMedia()
            self.openDue = self.clock.now + Self.openAgain
        }
    }

    /// Keeps the counters of a media side that goes.
    func dropMedia() {
        guard let media = self.media else { return }
        self.keep(media.snapshot)
        media.order(.close)
        self.media = nil
        self.mediaGeneration += 1
        self.progress.isConnected = false
    }

    private func keep(_ snapshot: MediaSnapshot) {
        for (key, counters) in snapshot.counters { self.past[key, default: PersonCounters()] += counters }
        self.progress.packetsSent += snapshot.statistics.mediaSent
        self.progress.retransmitted += snapshot.statistics.retransmitted
        self.progress.unauthenticated += snapshot.statistics.unauthenticated
        self.presealed += snapshot.presealed
    }

    /// Closes media and waits for its last words: the thread ends within its next turn.
    func stopMedia() async {
        guard let media = self.media else { return }
        media.order(.close)
        for _ in 0..<50 where !media.isStopped {
            // An interrupted sleep only shortens the wait.
            try? await Task.sleep(for: .milliseconds(10))
        }
        self.media = nil
        self.keep(media.snapshot)
    }
}
