import BeraadTesting
import E2EE
import Testing

extension Company {
    /// A meeting that allows captioners and recorders.
    static func serviced(
        seed: UInt64, _ names: [String] = ["Bram", "Chris"], keepsState: Bool = false
    ) throws -> Company {
        try Company(seed: seed, names, keepsState: keepsState) { $0.services = [.captions, .recorder] }
    }

    /// What a service of Anna's says it is.
    func info(_ role: Role = .captions, _ purposes: Purposes = .transcribe) throws -> ServiceInfo {
        ServiceInfo(
            role: role, ownerKey: try #require(self.host.key), purposes: purposes, place: .participant)
    }

    /// A service at the door, by this job or a new one.
    func knock(
        _ role: Role = .captions, owner: TestMember? = nil, by job: [UInt8]? = nil
    ) throws -> TestMember {
        var info = try self.info(role)
        if let owner { info.ownerKey = try #require(owner.key) }
        let fragment = try job ?? self.meeting.serviceFragment(info)
        let service = try self.meeting.enter("Machine", fragment: fragment)
        try #require(self.meeting.run(until: { self.host.lobby.count == 1 }), "\(service.state) \(self.host.faults)")
        return service
    }

    /// The host lets in who is at the door, and everybody knows.
    func admit() throws {
        let count = self.host.roster.count
        self.meeting.tell(self.host, .admit([try #require(self.host.lobby.first?.requestHash)]))
        try #require(
            self.meeting.run(until: { self.everybody.allSatisfy { $0.roster.count == count + 1 } }),
            "\(self.host.refused) \(self.host.faults)")
    }

    /// A captioner or recorder of Anna's in the meeting, which nobody has answered yet.
    func service(_ role: Role = .captions, owner: TestMember? = nil, by job: [UInt8]? = nil) throws -> TestMember {
        let service = try self.knock(role, owner: owner, by: job)
        try self.admit()
        try #require(self.meeting.run(until: { service.isLive }), "\(service.state) \(service.faults)")
        return service
    }

    /// A service that keeps no rule, at the door.
    func rogueAtDoor(_ info: ServiceInfo, named name: String = "Captions") throws -> Rogue {
        let rogue = try Rogue(name, in: self.meeting, role: info.role) { leaf, _ in leaf.service = info }
        try rogue.knock()
        try #require(self.meeting.run(until: { self.host.lobby.count == 1 }))
        return rogue
    }

    /// A service that keeps no rule, let in.
    func rogueService(_ info: ServiceInfo, named name: String = "Captions") throws -> Rogue {
        let rogue = try self.rogueAtDoor(info, named: name)
        try self.admit()
        try rogue.enter()
        return rogue
    }

    /// Somebody answers about what they see.
    func answer(_ member: TestMember, _ service: TestMember, _ isGiven: Bool) throws {
        let key = try #require(service.key)
        let shown = try #require(member.roster.first { $0.signatureKey == key }?.service?.info)
        self.meeting.tell(member, .consent(key, shown, isGiven: isGiven, text: Array("Mag dit?".utf8)))
    }

    /// Everybody agrees, and the service has heard it.
    func agree(to service: TestMember) throws {
        for member in self.everybody { try self.answer(member, service, true) }
        try #require(
            self.meeting.run(until: {
                self.everybody.allSatisfy { $0.isLive && service.usable($0) == .all }
            }), "\(service.faults)")
    }
}

extension TestMember {
    /// What this service may use of somebody.
    func usable(_ member: TestMember) -> ConsentScope? {
        self.roster.first { $0.signatureKey == member.key }?.usable
    }

    /// What this person answered about a service that they see.
    func answer(to service: TestMember) -> ConsentAnswer? {
        self.roster.first { $0.signatureKey == service.key }?.service?.answer
    }
}
