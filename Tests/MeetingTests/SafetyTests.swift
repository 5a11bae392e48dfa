import BeraadTesting
import Meeting
import Signalling
import Testing

@Suite("What the server knows of a meeting's safety", .promise("P-002"))
struct SafetyTests {
    private static let id = MeetingID(bytes: [UInt8](repeating: 5, count: 16))
    private static let passcodes = PasscodeKeys(installationSecret: [UInt8](repeating: 7, count: 32))

    private static func meeting(_ drafted: DraftedMeeting) throws -> RegisteredMeeting {
        try #require(RegisteredMeeting(drafted.registration, for: Self.id, Self.passcodes))
    }

    @Test("follows from what its authority signed", arguments: DraftedMeeting.Wish.allCases)
    func signed(_ wish: DraftedMeeting.Wish) throws {
        let meeting = try Self.meeting(DraftedMeeting(Self.id, wish: wish))
        let expected: (waits: SafetyState, records: SafetyState, invited: SafetyState) =
            switch wish {
            case .plain: (.met, .met, .unknown)
            case .open: (.missing, .met, .missing)
            case .members: (.missing, .met, .met)
            case .closed: (.met, .met, .met)
            case .captions, .localRecording: (.met, .missing, .unknown)
            }
        #expect(meeting.state(of: .waitingRoom) == expected.waits)
        #expect(meeting.state(of: .recordingOff) == expected.records)
        #expect(meeting.state(of: .invitedOnly) == expected.invited)
        #expect(meeting.state(of: .lock) == .unknown)
    }

    @Test("its passcode is what the door asks for now, or else what was registered")
    func passcode() throws {
        let coded = try Self.meeting(DraftedMeeting(Self.id, passcode: "83914207"))
        #expect(coded.state(of: .passcode) == .met)
        #expect(coded.state(of: .passcode, asksPasscode: false) == .missing)
        let plain = try Self.meeting(DraftedMeeting(Self.id))
        #expect(plain.state(of: .passcode) == .missing)
        #expect(plain.state(of: .passcode, asksPasscode: true) == .met)
    }
}
