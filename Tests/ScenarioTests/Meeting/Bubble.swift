import BeraadTesting
import E2EE
import Testing

/// Another truth: a small delivery service for some people only, which begins at a state that the hostile server picked.
/// It orders whatever they say and judges nothing. What they say outside the group still goes to the honest service.
final class Bubble {
    private let server: HostileServer
    private(set) var people: [TestMember]
    private let groupID: [UInt8]
    private let firstEpoch: UInt64
    /// The epoch of today, in here.
    private(set) var epoch: UInt64
    private let tree: [UInt8]
    /// The state joiners are shown.
    private(set) var info: [UInt8]
    private let firstInfo: [UInt8]
    private(set) var log: [DataFrame.LogLine] = []
    private(set) var last: UInt64
    private let first: UInt64
    /// The number the next message gets, if the server lies about that too.
    var nextNumber: UInt64?
    /// Application messages that went around, with who said them.
    private(set) var said: [(name: String, message: MLSMessage)] = []

    /// Shows these people a group that begins at `state`. `at` is the number of the Commit that led there; the next one is
    /// one more, or any number the server likes.
    init(
        _ server: HostileServer, _ people: [TestMember], state: (info: GroupInfo, tree: RatchetTree),
        at sequence: UInt64
    ) {
        self.server = server
        self.people = people
        self.groupID = state.info.groupContext.groupID
        self.firstEpoch = state.info.groupContext.epoch
        self.epoch = self.firstEpoch
        self.tree = state.tree.encoded
        self.info = MLSMessage.groupInfo(state.info).encoded
        self.firstInfo = self.info
        self.first = sequence
        self.last = sequence
        let says = server.says, hears = server.hears
        server.says = { member, frame in
            guard self.people.contains(where: { $0 === member }) else { return says(member, frame) }
            switch frame {
            // Of the honest group nothing comes in here.
            case .event, .candidate, .void, .duty, .lost, .ended: return nil
            default: return says(member, frame)
            }
        }
        server.hears = { member, frame, request in
            guard self.people.contains(where: { $0 === member }) else { return hears(member, frame, request) }
            return self.hear(frame, request, from: member) ? nil : hears(member, frame, request)
        }
    }

    /// Somebody else is caught in it from now on.
    func take(in member: TestMember) { self.people.append(member) }

    /// Orders a message of the group.
    func order(_ message: MLSMessage) {
        self.last += 1
        self.log.append(DataFrame.LogLine(sequence: self.last, message: message.encoded))
        let number = self.nextNumber ?? self.last
        self.nextNumber = nil
        if case .publicMessage(let open) = message, case .commit = open.content.content { self.epoch += 1 }
        for member in self.people { self.tell(message, number, to: member) }
    }

    private func tell(_ message: MLSMessage, _ sequence: UInt64, to member: TestMember) {
        self.server.meeting.inject(
            .event(EventFrame(groupID: self.groupID, sequence: sequence, message: message)), to: member)
    }

    private func answer(_ frame: ServerFrame, _ request: UInt32, to member: TestMember) {
        self.server.meeting.inject(frame, request: request, to: member)
    }

    /// Whether a frame is of this group, and was answered here.
    private func hear(_ frame: ClientFrame, _ request: UInt32, from member: TestMember) -> Bool {
        switch frame {
        case .get(let get):
            guard get.what != .descriptors, get.groupID.isEmpty || get.groupID == self.groupID else { return false }
            self.answer(.data(self.data(get).encoded), request, to: member)
        case .commit(let commit):
            guard commit.epoch == self.epoch, let message = try? MLSMessage(decoding: commit.commit) else {
                self.answer(.error(.stale), request, to: member)
                return true
            }
            self.answer(.ok, request, to: member)
            self.info = commit.groupInfo
            self.order(message)
        case .app(let app):
            guard let message = try? MLSMessage(decoding: app.message) else { return true }
            self.answer(.ok, request, to: member)
            self.said.append((member.name, message))
            for other in self.people where other !== member { self.tell(message, self.last, to: other) }
        case .propose(let bytes):
            self.answer(.ok, request, to: member)
            if let message = try? MLSMessage(decoding: bytes) { self.order(message) }
        case .bind, .ack, .fault, .snapshot, .reserve, .withdraw: self.answer(.ok, request, to: member)
        case .create, .knock, .reveal, .answer, .note, .keyPackages: return false
        }
        return true
    }

    private func data(_ get: GetFrame) -> DataFrame {
        switch get.what {
        case .tree: .tree(epoch: self.firstEpoch, sequence: self.first, tree: self.tree, groupInfo: self.firstInfo)
        case .log: .log(next: self.last + 1, last: self.last, self.log.filter { $0.sequence >= get.from })
        default: .groupInfo(self.info)
        }
    }
}
