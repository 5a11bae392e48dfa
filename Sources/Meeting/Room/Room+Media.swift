internal import Signalling

extension Room {
    /// What the server grants each connection to send; measured bandwidth comes with the issue on media quality.
    static let uplinkKbps = 4_000
    static let opusBitrate = 40_000
    /// Own sections over the life of a seat; an offer has at most eight.
    private static let numbersPerSeat = 32

    mutating func handle(_ command: MediaCommand, from connection: ConnectionID, now: ContinuousClock.Instant) {
        guard let seat = self.seat(of: connection), !self.seats[seat].isCut else {
            return self.refuse(connection, .invalidNow)
        }
        switch command {
        case .open(let offer):
            guard self.isInTime(\.opens, seat, connection, now: now) else { return }
            self.open(offer, seat, connection)
        case .publish(let section):
            guard self.isInTime(\.publishes, seat, connection, now: now) else { return }
            self.publish(section.mid, seat, connection)
        case .withdraw(let section): self.withdraw(section.mid, seat)
        case .want(let want): self.want(want, seat, connection, now: now)
        case .restart(let credentials):
            guard self.isInTime(\.opens, seat, connection, now: now) else { return }
            self.restart(credentials, seat, connection)
        case .close: self.closeMedia(seat, .asked)
        }
    }

    mutating func isInTime(
        _ bucket: WritableKeyPath<Seat, TokenBucket>, _ seat: Int, _ connection: ConnectionID,
        now: ContinuousClock.Instant
    ) -> Bool {
        guard !self.seats[seat][keyPath: bucket].take(now: now) else { return true }
        self.refuseTooFast(connection, self.seats[seat][keyPath: bucket], now: now)
        return false
    }

    /// The media plane has something to say.
    package mutating func handle(_ report: MediaReport) -> [Effect] {
        guard let seat = self.seats.firstIndex(where: { $0.media?.endpoint == report.endpoint }) else { return [] }
        switch report {
        case .opened(_, let opening): self.opened(opening, seat)
        case .refused(_, let failure):
            self.seats[seat].media = nil
            self.tellOwner(seat, .failed(MediaEvent.Failed(failure: failure)))
            self.withdrawAll(seat)
        case .assigned(_, let generation, let slots): self.assigned(generation, slots, seat)
        case .flow(_, let flow): self.tellOwner(seat, .flow(flow))
        case .restarted(_, let credentials): self.tellOwner(seat, .restarted(credentials))
        case .ended(_, let reason):
            self.seats[seat].media = nil
            self.withdrawAll(seat)
            if self.seats[seat].connection == nil { self.seats[seat].missedEnd = reason }
            self.tellOwner(seat, .closed(MediaEvent.Closed(reason: reason)))
        }
        return self.takeEffects()
    }

    private mutating func open(_ offer: Offer, _ seat: Int, _ connection: ConnectionID) {
        let accepted: AcceptedOffer
        do throws(MediaFailure) {
            accepted = try AcceptedOffer(checking: offer)
        } catch {
            return self.fail(connection, error)
        }
        if let media = self.seats[seat].media {
            self.withdrawAll(seat)
            self.effects.append(.media(.close(media.endpoint)))
        }
        self.endpoints += 1
        let endpoint = EndpointNumber(rawValue: self.endpoints)
        self.seats[seat].media = SeatMedia(endpoint: endpoint, offer: accepted)
        self.seats[seat].missedEnd = nil
        self.effects.append(.media(.open(endpoint, accepted)))
    }

    private mutating func opened(_ opening: MediaReport.Opening, _ seat: Int) {
        guard let offer = self.seats[seat].media?.offer else { return }
        let answer = Answer(
            ufrag: opening.credentials.ufrag, pwd: opening.credentials.pwd, fingerprint: opening.fingerprint,
            cname: opening.cname, candidates: opening.candidates,
            audio: Answer.Audio(
                pts: offer.audioPayloads.map(\.pt), opus: Answer.Opus(maxaveragebitrate: Self.opusBitrate)),
            video: Answer.Video(pts: offer.videoPayloads.map(\.pt)), levels: false, slots: opening.slots,
            limits: Answer.Limits(
                uplinkKbps: Self.uplinkKbps, videoSlots: offer.slots.count { $0.kind == .video }))
        self.tellOwner(seat, .opened(answer))
    }

    private mutating func publish(_ mid: Mid, _ seat: Int, _ connection: ConnectionID) {
        guard let media = self.seats[seat].media, let use = media.offer.use(of: mid) else {
            return self.refuse(connection, .invalidNow)
        }
        guard !self.seats[seat].published.contains(where: { $0.mid == mid }) else { return }
        guard self.may(self.seats[seat])[use.permission.right] else {
            return self.fail(connection, .notAllowed(MediaFailure.NotAllowed(use: use.permission)))
        }
        // Without a screen it would be a second voice, for whoever may not use the first.
        guard use != .screenAudio || self.seats[seat].published.contains(where: { $0.use == .screen }) else {
            return self.refuse(connection, .invalidNow)
        }
        guard let number = self.number(of: mid, seat) else { return self.fail(connection, .capacity) }
        self.seats[seat].published.append(LivePublication(number: number, mid: mid, use: use))
        self.effects.append(.media(.announce(media.endpoint, number, mid: mid)))
        let published = MediaEvent.Published(
            publication: number.id, participant: self.seats[seat].participant, use: use)
        self.tellAll(.media(.published(published)))
    }

    private mutating func number(of mid: Mid, _ seat: Int) -> PublicationNumber? {
        if let number = self.seats[seat].numbers[mid] { return number }
        guard self.seats[seat].numbers.count < Self.numbersPerSeat else { return nil }
        self.publications += 1
        let number = PublicationNumber(rawValue: self.publications)
        self.seats[seat].numbers[mid] = number
        return number
    }

    private mutating func withdraw(_ mid: Mid, _ seat: Int) {
        guard let index = self.seats[seat].published.firstIndex(where: { $0.mid == mid }) else { return }
        let ended = self.seats[seat].published.remove(at: index)
        self.effects.append(.media(.withdraw(ended.number)))
        self.tellAll(.media(.withdrawn(MediaEvent.Withdrawn(publication: ended.number.id))))
        guard ended.use == .screen else { return }
        for sound in self.seats[seat].published where sound.use == .screenAudio { self.withdraw(sound.mid, seat) }
    }

    private mutating func withdrawAll(_ seat: Int) {
        for publication in self.seats[seat].published { self.withdraw(publication.mid, seat) }
    }

    mutating func closeMedia(_ seat: Int, _ reason: MediaEvent.Closed.Reason) {
        guard let media = self.seats[seat].media else { return }
        self.withdrawAll(seat)
        self.seats[seat].media = nil
        self.effects.append(.media(.close(media.endpoint)))
        self.tellOwner(seat, .closed(MediaEvent.Closed(reason: reason)))
    }

    private mutating func want(
        _ want: MediaCommand.Want, _ seat: Int, _ connection: ConnectionID, now: ContinuousClock.Instant
    ) {
        guard let media = self.seats[seat].media, var known = self.connections[connection] else {
            return self.refuse(connection, .invalidNow)
        }
        let inTime = known.wants.take(now: now)
        self.connections[connection] = known
        guard inTime else { return self.refuseTooFast(connection, known.wants, now: now) }
        // A publication may be withdrawn while a wish for it is under way; sound is chosen by the media plane.
        let pictures = Set(
            self.seats.flatMap(\.published).filter { $0.use == .camera || $0.use == .screen }.map(\.number))
        var seen: Set<PublicationNumber> = []
        let wishes = want.items.compactMap { item -> MediaInstruction.Wish? in
            guard let number = PublicationNumber(item.publication), pictures.contains(number), item.height > 0,
                seen.insert(number).inserted
            else { return nil }
            return MediaInstruction.Wish(publication: number, height: item.height, rank: item.rank)
        }
        self.effects.append(.media(.want(media.endpoint, wishes)))
    }

    private mutating func restart(
        _ credentials: MediaCommand.Credentials, _ seat: Int, _ connection: ConnectionID
    ) {
        guard let media = self.seats[seat].media else {
            // It timed out while the client was away: opening anew is all that helps.
            return self.tell(connection, .media(.closed(MediaEvent.Closed(reason: .timedOut))))
        }
        self.effects.append(.media(.restart(media.endpoint, credentials)))
    }

    private mutating func assigned(_ generation: Int, _ slots: [MediaEvent.SlotAssignment], _ seat: Int) {
        self.seats[seat].media?.generation = generation
        for slot in slots { self.seats[seat].media?.assigned[slot.mid] = .some(slot.publication) }
        self.tellOwner(seat, .assigned(MediaEvent.Assigned(generation: generation, slots: slots)))
    }

    private mutating func fail(_ connection: ConnectionID, _ failure: MediaFailure) {
        self.tell(connection, .media(.failed(MediaEvent.Failed(failure: failure))))
    }

    private mutating func tellOwner(_ seat: Int, _ event: MediaEvent) {
        guard let connection = self.seats[seat].connection else { return }
        self.tell(connection, .media(event))
    }
}

extension SeatMedia {
    /// The whole layout, in the order of the slots.
    var layout: MediaEvent.Assigned {
        let slots = self.offer.slots.compactMap { slot in
            self.assigned[slot.mid].map { MediaEvent.SlotAssignment(mid: slot.mid, publication: $0) }
        }
        return MediaEvent.Assigned(generation: self.generation, slots: slots)
    }
}
