internal import MediaCore
internal import Meeting
internal import SFU
internal import Signalling

extension RoomReport {
    /// What the media plane tells, in the words of a meeting; nil for what a meeting need not know.
    init?(_ event: SFUEvent) {
        switch event {
        case .opened(let id, let answer):
            self.init(id) { .opened($0, MediaReport.Opening(answer)) }
        case .refused(let id, let failure):
            self.init(id) { .refused($0, MediaFailure(failure)) }
        case .assigned(let id, let generation, let slots):
            let assignments = slots.map(MediaEvent.SlotAssignment.init)
            self.init(id) { .assigned($0, generation: Int(clamping: generation), assignments) }
        case .restarted(let id, let credentials):
            self.init(id) { .restarted($0, MediaCommand.Credentials(credentials)) }
        case .flow(let id, let mid, let state, let reason):
            self.init(id) { .flow($0, MediaEvent.Flow(mid: mid, state, reason)) }
        case .ended(let id, .fingerprintMismatch):
            self.init(id) { .refused($0, .fingerprintMismatch) }
        case .ended(let id, let end):
            self.init(id) { .ended($0, MediaEvent.Closed.Reason(end)) }
        case .connected, .silent, .statistics: return nil
        }
    }

    private init(_ endpoint: EndpointID, _ report: (EndpointNumber) -> MediaReport) {
        self.init(room: RoomNumber(of: endpoint), report: report(EndpointNumber(of: endpoint)))
    }
}

extension MediaReport.Opening {
    fileprivate init(_ answer: OpenAnswer) {
        self.init(
            credentials: MediaCommand.Credentials(answer.local), fingerprint: Self.text(answer.fingerprint),
            cname: answer.cname,
            candidates: answer.candidates.map { candidate in
                Answer.Candidate(
                    transport: candidate.transport == .tcp ? .tcp : .udp, address: candidate.address,
                    port: Int(candidate.port))
            },
            slots: answer.slots.map { slot in
                Answer.Slot(mid: Mid(unchecked: slot.mid), ssrc: slot.ssrc, rtx: slot.rtx, pair: slot.pair)
            })
    }

    /// RFC 8122 §5.
    private static func text(_ fingerprint: [UInt8]) -> String {
        fingerprint.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.utf8.count == 2 ? digits : "0" + digits
        }.joined(separator: ":")
    }
}

extension MediaCommand.Credentials {
    fileprivate init(_ credentials: ICECredentials) {
        self.init(ufrag: credentials.userFragment, pwd: credentials.password)
    }
}

extension MediaEvent.SlotAssignment {
    /// The mid is one that the meeting gave to the media plane.
    fileprivate init(_ assignment: SFU.SlotAssignment) {
        self.init(
            mid: Mid(unchecked: assignment.mid),
            publication: assignment.publication.map { PublicationNumber(of: $0).id })
    }
}

extension MediaEvent.Flow {
    fileprivate init(mid: String, _ state: FlowState, _ reason: FlowReason?) {
        let state: State =
            switch state {
            case .flowing: .flowing
            case .floor: .floor
            case .paused: .paused
            }
        let reason: Reason? =
            switch reason {
            case .bandwidth: .bandwidth
            case .muted: .muted
            case .policy: .policy
            case nil: nil
            }
        self.init(mid: Mid(unchecked: mid), state: state, reason: reason)
    }
}

extension MediaFailure {
    fileprivate init(_ failure: OpenFailure) {
        switch failure {
        case .unknownRoom, .taken, .capacity, .cryptography: self = .capacity
        case .tooLarge: self = .tooManySlots
        case .malformed: self = .offerInconsistent
        }
    }
}

extension MediaEvent.Closed.Reason {
    fileprivate init(_ end: EndpointEnd) {
        switch end {
        case .timedOut: self = .timedOut
        case .fingerprintMismatch, .handshakeFailed, .closedByPeer, .keysWornOut: self = .failed
        case .closed: self = .server
        }
    }
}
