package import Signalling

/// Sealed files (`e2ee.md` 8): who may bring, fetch and delete one. Bytes are somebody else's business; what is asked here is
/// whether a token opens something at this moment.
extension Room {
    mutating func handle(
        _ command: FileCommand, from connection: ConnectionID, now: ContinuousClock.Instant,
        using generator: inout some RandomNumberGenerator
    ) {
        let blob: BlobID? =
            switch command {
            case .create: nil
            case .open(let subject), .retract(let subject): subject.blob
            }
        guard let seat = self.seat(of: connection), !self.seats[seat].isCut else {
            return self.fail(connection, blob, .notAllowed)
        }
        switch command {
        case .create(let create): self.create(create.size, seat, connection, now: now, using: &generator)
        case .open(let subject): self.open(subject.blob, seat, connection, now: now, using: &generator)
        case .retract(let subject): self.retract(subject.blob, seat, connection)
        }
    }

    private mutating func create(
        _ size: Int, _ seat: Int, _ connection: ConnectionID, now: ContinuousClock.Instant,
        using generator: inout some RandomNumberGenerator
    ) {
        // The group has files switched off at first, and no server reads its policy: whoever leads says it here as well.
        guard self.may(self.seats[seat]).files else { return self.fail(connection, nil, .notAllowed) }
        let atMost = FileLimits.objectBytes
        guard size <= atMost else {
            return self.fail(connection, nil, .tooLarge(FileFailure.TooLarge(atMost: atMost)))
        }
        guard self.files.fits(size, of: self.seats[seat]) else { return self.fail(connection, nil, .quota) }
        if let seconds = self.files.count(self.seats[seat], now: now) {
            return self.fail(connection, nil, .tooFast(SessionFailure.Wait(retrySeconds: seconds)))
        }
        let blob = BlobID.random(byteCount: 16, using: &generator)
        let token = BlobToken.random(byteCount: 32, using: &generator)
        self.files[blob] = SharedFile(size: size, of: self.seats[seat], token, now: now)
        self.effects.append(.keepFile(blob))
        self.tell(connection, .file(.created(FileEvent.Created(blob: blob, token: token))))
    }

    private mutating func open(
        _ blob: BlobID, _ seat: Int, _ connection: ConnectionID, now: ContinuousClock.Instant,
        using generator: inout some RandomNumberGenerator
    ) {
        guard self.seats[seat].fetches.take(now: now) else {
            let seconds = self.seats[seat].fetches.retrySeconds
            return self.fail(connection, blob, .tooFast(SessionFailure.Wait(retrySeconds: seconds)))
        }
        guard let file = self.files[blob], file.isComplete else { return self.fail(connection, blob, .gone) }
        let token = BlobToken.random(byteCount: 32, using: &generator)
        self.files[blob]?.grant(token, to: self.seats[seat].key)
        self.tell(connection, .file(.opened(FileEvent.Opened(blob: blob, token: token, size: file.size))))
    }

    private mutating func retract(_ blob: BlobID, _ seat: Int, _ connection: ConnectionID) {
        guard let file = self.files[blob] else { return self.fail(connection, blob, .gone) }
        guard file.isOf(self.seats[seat]) || self.seats[seat].powers.mayModerate else {
            return self.fail(connection, blob, .notAllowed)
        }
        self.files[blob] = nil
        self.effects.append(.dropFile(blob))
        self.tellAll(.file(.retracted(FileCommand.Subject(blob: blob))))
    }

    private mutating func fail(_ connection: ConnectionID, _ blob: BlobID?, _ failure: FileFailure) {
        self.tell(connection, .file(.failed(FileEvent.Failed(blob: blob, failure: failure))))
    }

    /// Whoever held this seat brings and fetches nothing any more. No host knows the id of a file that was never named in
    /// the group, so those of whoever was put out go without one.
    mutating func forgetFiles(of seat: Seat) {
        let gone = self.files.forget(seat)
        self.drop(gone.unfinished + gone.whole)
        for blob in gone.whole { self.tellAll(.file(.retracted(FileCommand.Subject(blob: blob)))) }
    }

    mutating func expireFiles(now: ContinuousClock.Instant) { self.drop(self.files.expire(now: now)) }

    mutating func dropAllFiles() { self.drop(self.files.empty()) }

    /// The meeting is over where nobody has a seat, whoever still stands at its door (`privacy.md` 3.4): nothing of it
    /// stays. Whoever owns the room says when, so that a seat may change hands in between.
    package mutating func forgetFiles() -> [Effect] {
        if self.isEmpty { self.dropAllFiles() }
        return self.takeEffects()
    }

    private mutating func drop(_ blobs: [BlobID]) {
        for blob in blobs.sorted(by: { $0.text < $1.text }) { self.effects.append(.dropFile(blob)) }
    }
}

/// What a token opens now. There is no difference between a file that is not there, a token that is another's, and one whose
/// holder was put out.
extension Room {
    /// What becomes of a part that came.
    package enum Part: Equatable, Sendable {
        /// It is to be written, and the end of that told.
        case taken
        /// It is not the next one.
        case misplaced
        /// It is not theirs to bring.
        case denied
    }

    /// Whose token it is, for whichever use.
    package func holder(of blob: BlobID, _ token: BlobToken) -> LeafKey? {
        guard let holder = self.files[blob]?.holder(of: token), self.isSeated(holder) else { return nil }
        return holder
    }

    /// How far the upload has come that a token is for.
    package func standing(of blob: BlobID, _ token: BlobToken) -> BlobStanding? {
        self.file(blob, token, .bring)?.standing
    }

    /// A part of so many bytes came.
    package mutating func beginPart(of blob: BlobID, _ token: BlobToken, at offset: Int, count: Int) -> Part {
        guard self.file(blob, token, .bring) != nil else { return .denied }
        return self.files[blob]?.begin(at: offset, count) == true ? .taken : .misplaced
    }

    /// So many bytes of the part are written; none when that failed.
    package mutating func endPart(of blob: BlobID, count: Int, now: ContinuousClock.Instant) {
        self.files[blob]?.end(count, now: now)
    }

    /// Bytes of the sealed object that a token is for, as long as it may be fetched.
    package func size(of blob: BlobID, _ token: BlobToken) -> Int? { self.file(blob, token, .fetch)?.size }

    private func file(_ blob: BlobID, _ token: BlobToken, _ use: SharedFile.Use) -> SharedFile? {
        guard let file = self.files[blob], let holder = file.holder(of: token, use), self.isSeated(holder)
        else { return nil }
        return file
    }

    private func isSeated(_ holder: LeafKey) -> Bool {
        self.seats.contains { $0.key == holder && !$0.isCut }
    }
}
