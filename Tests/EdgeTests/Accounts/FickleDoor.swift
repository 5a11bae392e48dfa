import Meeting
import Server
import Signalling
import Synchronization

/// Planned meetings on a disk that fails when it is told to, and where something may happen while one is looked up.
final class FickleDoor: PlannedDoor {
    private struct State {
        var failsToRead = false
        var failsToWrite = false
        var lookups: [MeetingID: Int] = [:]
        var passcodes: [MeetingID: Int] = [:]
        var meanwhile: (@Sendable (MeetingID) async -> Void)?
        var plansAsked = 0
        var beforePlanned: (@Sendable () async -> Void)?
        var beforeChange: (@Sendable () async -> Void)?
        var afterRegistering: (@Sendable () async -> Void)?
    }

    private let door: any PlannedDoor
    private let state = Mutex(State())

    init(_ door: any PlannedDoor) { self.door = door }

    var failsToRead: Bool {
        get { self.state.withLock { $0.failsToRead } }
        set { self.state.withLock { $0.failsToRead = newValue } }
    }

    var failsToWrite: Bool {
        get { self.state.withLock { $0.failsToWrite } }
        set { self.state.withLock { $0.failsToWrite = newValue } }
    }

    /// How often a meeting was looked up.
    func lookups(of id: MeetingID) -> Int { self.state.withLock { $0.lookups[id, default: 0] } }

    /// How often it was asked whether some meeting is planned.
    var plansAsked: Int { self.state.withLock { $0.plansAsked } }

    /// How often a meeting's passcode was to be written.
    func passcodes(of id: MeetingID) -> Int { self.state.withLock { $0.passcodes[id, default: 0] } }

    /// This happens after a meeting was read and before anybody hears of it.
    func meanwhile(_ act: @escaping @Sendable (MeetingID) async -> Void) { self.state.withLock { $0.meanwhile = act } }

    func registered(_ id: MeetingID) async -> PlannedLookup {
        let (fails, meanwhile) = self.state.withLock { state in
            state.lookups[id, default: 0] += 1
            return (state.failsToRead, state.meanwhile)
        }
        let found = fails ? .unreadable : await self.door.registered(id)
        await meanwhile?(id)
        return found
    }

    /// This happens before anybody hears whether a meeting is planned.
    func beforePlanned(_ act: @escaping @Sendable () async -> Void) { self.state.withLock { $0.beforePlanned = act } }

    /// This happens once, before links are changed by whoever was found to hold the token.
    func beforeChange(_ act: @escaping @Sendable () async -> Void) { self.state.withLock { $0.beforeChange = act } }

    /// This happens after a meeting was registered and before anybody hears of it.
    func afterRegistering(_ act: @escaping @Sendable () async -> Void) {
        self.state.withLock { $0.afterRegistering = act }
    }

    func isPlanned(_ id: MeetingID) async -> Bool? {
        let (fails, before) = self.state.withLock { state in
            state.plansAsked += 1
            return (state.failsToRead, state.beforePlanned)
        }
        await before?()
        return fails ? nil : await self.door.isPlanned(id)
    }

    func claim(_ id: MeetingID, token: CreationToken) async -> MeetingClaim {
        self.failsToRead ? .failed : await self.door.claim(id, token: token)
    }

    func register(_ meeting: RegisteredMeeting, token: CreationToken) async -> Meetings.Registration {
        let (fails, after) = self.state.withLock { ($0.failsToWrite, $0.afterRegistering) }
        let outcome = fails ? .failed : await self.door.register(meeting, token: token)
        await after?()
        return outcome
    }

    func change(
        _ id: MeetingID, token: CreationToken, _ change: @Sendable (inout RegisteredMeeting) -> TicketChange
    ) async -> TicketChange {
        let before = self.state.withLock { state in
            defer { state.beforeChange = nil }
            return state.beforeChange
        }
        await before?()
        return self.failsToWrite ? .failed : await self.door.change(id, token: token, change)
    }

    func keep(passcode: PasscodeHash?, of id: MeetingID) async -> Bool {
        let fails = self.state.withLock { state in
            state.passcodes[id, default: 0] += 1
            return state.failsToWrite
        }
        return fails ? false : await self.door.keep(passcode: passcode, of: id)
    }

    func end(_ id: MeetingID) async -> Bool { self.failsToWrite ? false : await self.door.end(id) }
}
