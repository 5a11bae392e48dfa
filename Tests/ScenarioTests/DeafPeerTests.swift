import BeraadTesting
import Client
import MediaCore
import Meeting
import Signalling
import Testing

/// The server's rules and its media plane, against a program that hears what a host says and does nothing of it.
@Suite("A participant who does not listen to the host", .promise("P-029"))
struct DeafPeerTests {
    private static let host = GroupMember.Powers(
        mayEject: true, mayModerate: true, isCertified: true, isHost: true)

    /// Nobody else sends, so every packet that the server forwards is one of `deaf`.
    private struct Call {
        let room: ModeratedRoom
        let host: ModeratedRoom.Person
        let viewer: ModeratedRoom.Person
        let deaf: ModeratedRoom.Person

        func run(_ milliseconds: Int64) { self.room.call.run(for: .milliseconds(milliseconds)) }

        func say(_ command: RoomCommand) { self.room.say(.room(command), from: self.host) }

        func publish() {
            for kind in [MediaKind.audio, .video] { self.room.publish(kind, by: self.deaf) }
        }

        /// Whether the others receive something while half a second passes.
        func isReceived() -> Bool {
            let before = self.room.call.forwarded
            self.run(500)
            return self.room.call.forwarded > before
        }
    }

    /// Both others have seen and heard it for two seconds; one of them over a bad line, and so asks for much again.
    private func call(seed: UInt64) throws -> Call {
        let room = try ModeratedRoom(seed: seed)
        let quiet = TestPeerOptions(audio: nil)
        let host = try room.join(quiet, Self.host)
        let viewer = try room.join(quiet)
        let deaf = try room.join(TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 3))))
        let call = Call(room: room, host: host, viewer: viewer, deaf: deaf)
        call.run(1_000)
        #expect(!call.isReceived(), "what nobody announced goes nowhere")
        viewer.peer.down.conditions = NetemConditions(
            loss: 0.1, delay: .milliseconds(20), jitter: .milliseconds(5))
        call.publish()
        call.run(2_000)
        for other in [host, viewer] {
            let seen = other.peer.received(from: deaf.peer)
            try #require(seen.video.frames > 20 && seen.audio.frames > 50, "the call itself works")
        }
        return call
    }

    private static let both = [Permissions.Use.microphone, .camera]

    @Test(
        "from the host's word on not one more packet of it is forwarded, nor one sent again, while it sends on",
        arguments: 1...3 as ClosedRange<UInt64>)
    func stopped(_ seed: UInt64) throws {
        let call = try self.call(seed: seed)
        let others = [call.host.peer, call.viewer.peer]
        let commanded = call.room.call.now
        for use in Self.both { call.say(.stop(.init(participant: call.deaf.participant, use: use))) }
        let forwarded = call.room.call.forwarded, sent = call.deaf.peer.packetsSent
        var last = commanded, received = others.map(\.packetsReceived)
        for _ in 0..<3_000 {
            call.run(1)
            guard others.map(\.packetsReceived) != received else { continue }
            received = others.map(\.packetsReceived)
            last = call.room.call.now
        }
        let span = (last - commanded).milliseconds
        print("seed \(seed): the last packet came \(span) ms after the host's word, over lines of 20 ms")
        #expect(call.room.call.forwarded == forwarded)
        #expect(call.deaf.peer.packetsSent > sent + 100, "it goes on sending")
        let told = call.room.heard(by: call.deaf)
        for use in Self.both { #expect(told.contains(.media(.stopped(.init(use: use))))) }
    }

    @Test("what was stopped may begin again where it is allowed, and where it is not it is refused and goes nowhere")
    func forbidden() throws {
        let call = try self.call(seed: 4)
        let whom = call.deaf.participant
        for use in Self.both { call.say(.stop(.init(participant: whom, use: use))) }
        #expect(!call.isReceived())
        call.publish()
        #expect(call.isReceived(), "to stop is said once")
        for use in Self.both { call.say(.allow(.init(participant: whom, use: use.right, isAllowed: false))) }
        #expect(!call.isReceived(), "to forbid stops as well")
        _ = call.room.heard(by: call.deaf)
        for _ in 0..<5 { call.publish() }
        #expect(!call.isReceived())
        let refusals = call.room.heard(by: call.deaf)
        #expect(refusals.count == 10)
        for refusal in refusals {
            guard case .media(.failed(let failed)) = refusal, case .notAllowed = failed.failure else {
                Issue.record("something else than a refusal")
                return
            }
        }
        for use in Self.both { call.say(.allow(.init(participant: whom, use: use.right, isAllowed: true))) }
        #expect(!call.isReceived(), "allowed is not switched on")
        let before = call.viewer.peer.received(from: call.deaf.peer)
        call.publish()
        call.run(3_000)
        let after = call.viewer.peer.received(from: call.deaf.peer)
        #expect(after.video.frames > before.video.frames + 30 && after.audio.frames > before.audio.frames + 50)
    }

    @Test("its own voice cut off, its picture goes on, and everybody else is heard as before")
    func onlyWhatWasMeant() throws {
        let call = try self.call(seed: 5)
        let singer = try call.room.join(TestPeerOptions())
        call.room.publish(.audio, by: singer)
        call.run(1_000)
        call.say(.stop(.init(participant: call.deaf.participant, use: .microphone)))
        call.run(200)
        let before = call.host.peer.received(from: call.deaf.peer)
        let song = call.host.peer.received(from: singer.peer)
        call.run(2_000)
        let after = call.host.peer.received(from: call.deaf.peer)
        #expect(after.audio.frames == before.audio.frames && after.video.frames > before.video.frames + 40)
        #expect(call.host.peer.received(from: singer.peer).audio.frames > song.audio.frames + 80)
    }
}
