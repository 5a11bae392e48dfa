internal import Forwarding
internal import MediaCore
internal import MediaCrypto

extension Worker {
    /// Makes an endpoint with its slots, or says why not. Nothing is left behind by a refusal.
    mutating func open(_ request: OpenRequest) {
        do {
            let answer = try self.answer(request)
            self.told.append(.opened(request.endpoint, answer))
        } catch {
            self.told.append(.refused(request.endpoint, error))
        }
    }

    private mutating func answer(_ request: OpenRequest) throws(OpenFailure) -> OpenAnswer {
        guard let room = self.roomOf[request.room] else { throw .unknownRoom }
        guard self.seatOf[request.endpoint] == nil else { throw .taken }
        guard let place = self.seatTable.next else { throw .capacity }
        guard request.incoming.count <= Bounds.sections, request.slots.count <= Bounds.slots else { throw .tooLarge }
        let local = self.freshCredentials()
        let streams = self.streams(of: request)
        let parameters = EndpointParameters(
            role: .server, local: local, remote: request.remote, remoteFingerprint: request.remoteFingerprint,
            extensions: request.extensions, incoming: request.incoming, outgoing: streams.slots,
            rtcpSSRC: streams.rtcp, cname: self.random.text(16))
        let endpoint = try self.endpoint(parameters)
        let slots = streams.slots.map {
            SlotParameters(
                kind: $0.kind, hasRetransmission: $0.retransmissionSSRC != nil,
                start: UInt16(truncatingIfNeeded: self.random.next() >> 48))
        }
        guard let member = self.rooms[room].media.join(tag: UInt64(place), slots: slots) else { throw .capacity }
        let seat = Seat(
            endpoint: endpoint, id: request.endpoint, room: room, member: member, sections: request.incoming,
            slots: streams.slots, credentials: local)
        if !self.names.set(seat.names[0], Int32(place)) {
            self.rooms[room].media.leave(member, now: self.now, slab: &self.slab)
            throw .capacity
        }
        _ = self.seatTable.insert(seat)
        self.seatOf[request.endpoint] = place
        self.mark(seat: place)
        self.mark(room: room)
        return OpenAnswer(
            local: local, fingerprint: self.identity.fingerprint, cname: parameters.cname,
            candidates: self.candidates, slots: Self.answers(streams.slots))
    }

    private mutating func endpoint(_ parameters: EndpointParameters) throws(OpenFailure) -> Endpoint {
        self.renewIdentity()
        do {
            return try Endpoint(
                parameters, identity: self.identity, now: self.now, wallClockOffset: self.wallClockOffset,
                random: self.random.generator())
        } catch .tooLarge {
            throw .tooLarge
        } catch .malformed {
            throw .malformed
        } catch {
            throw .cryptography
        }
    }

    /// A new certificate every day, for new endpoints; the old one stays where it is in use.
    private mutating func renewIdentity() {
        guard (self.now - self.identityMadeAt).nanoseconds >= SFUBounds.identityLife else { return }
        self.identityMadeAt = self.now
        // Should it fail, the old one is still good, and the next endpoint tries again in a day.
        if let identity = try? Identity() { self.identity = identity }
    }

    /// SSRCs fixed for life, each in nobody's way (`media.md` 3.4).
    private mutating func streams(of request: OpenRequest) -> (slots: [OutgoingStream], rtcp: UInt32) {
        var taken = Set(request.reservedSSRCs).union(request.incoming.flatMap(\.ssrcs))
        let slots = request.slots.map { slot in
            let isResent = slot.kind == .video && slot.payloadTypes.contains { $0.retransmission != nil }
            return OutgoingStream(
                mid: slot.mid, kind: slot.kind, ssrc: self.random.ssrc(&taken),
                retransmissionSSRC: isResent ? self.random.ssrc(&taken) : nil, payloadTypes: slot.payloadTypes)
        }
        return (slots, self.random.ssrc(&taken))
    }

    private static func answers(_ slots: [OutgoingStream]) -> [SlotAnswer] {
        var pairs: (audio: Int, video: Int) = (0, 0)
        return slots.map { slot in
            let pair = slot.kind == .audio ? pairs.audio : pairs.video
            if slot.kind == .audio { pairs.audio += 1 } else { pairs.video += 1 }
            return SlotAnswer(mid: slot.mid, ssrc: slot.ssrc, rtx: slot.retransmissionSSRC, pair: pair)
        }
    }
}
