import MediaCore
import MediaCrypto
import Wire

/// A script of datagrams, commands and time for a whole endpoint (`media.md` 9.7). The script may sign STUN with the
/// right password, which no fuzzer would find, so that what lies behind the check is tried too.
enum EndpointFuzz {
    private static let local = ICECredentials(userFragment: "srvr", password: "serverPasswordOf22Chars")
    private static let remote = ICECredentials(userFragment: "clnt", password: "clientPasswordOf22Chars")

    static func run(_ bytes: [UInt8]) {
        guard let identity = DTLSFuzz.identity,
            var endpoint = try? Endpoint(
                self.parameters, identity: identity, now: .zero, wallClockOffset: 0xE000_0000_0000_0000, seed: 1)
        else { preconditionFailure("an endpoint can be made") }
        var script = Script(bytes)
        var slab = PacketSlab(capacity: 16)
        var scratch = Scratch()
        var now = MediaTime.zero
        while !script.isAtEnd {
            let step = script.u8()
            let path = PathKey.v4(0x0A00_0000 | UInt32(step >> 4), port: 5_000)
            switch step & 15 {
            case 0...5: endpoint.receive(script.datagram().rawSpan, on: path, arrival: now, slab: &slab)
            case 6...9: endpoint.receive(self.request(&script).rawSpan, on: path, arrival: now, slab: &slab)
            case 10: endpoint.perform(.requestKeyFrame(section: script.u16(), encoding: script.u8()), now: now)
            case 11: endpoint.perform(.sourceChanged(stream: script.u16(), rtpTime: 1, at: now), now: now)
            case 12:
                endpoint.perform(
                    .restart(local: self.local, remote: self.remote, remoteCandidates: []), now: now)
            case 13 where step == 0xFD: endpoint.perform(.close, now: now)
            default:
                now = now + .milliseconds(Int64(script.u16()))
                endpoint.elapse(now: now)
            }
            self.drain(&endpoint, now: now, &scratch, &slab)
        }
        precondition(slab.used == 0, "every packet was handed out or given back")
        precondition(!endpoint.isConnected, "nobody finished a handshake")
    }

    private static func drain(
        _ endpoint: inout Endpoint, now: MediaTime, _ scratch: inout Scratch, _ slab: inout PacketSlab
    ) {
        for _ in 0..<1_000 {
            switch endpoint.next(now: now, into: &scratch) {
            case .idle: return
            case .media(let packet): slab.release(packet)
            case .transmit(_, let byteCount): precondition((1...Scratch.capacity).contains(byteCount))
            case .event: break
            }
        }
        preconditionFailure("a drained endpoint is idle")
    }

    /// A Binding request as the client would sign it.
    private static func request(_ script: inout Script) -> [UInt8] {
        let flags = script.u8()
        let request = STUNWriter.Request(
            username: Array("srvr:clnt".utf8), priority: 1,
            role: flags & 1 == 0 ? .controlling(tieBreaker: 1) : .controlled(tieBreaker: 1),
            useCandidate: flags & 2 != 0)
        let transaction = STUNTransactionID(high: 7, low: UInt64(script.u16()))
        return written { out in
            STUNWriter.request(
                request, transaction: transaction, key: Array(self.local.password.utf8).rawSpan, into: &out)
        }
    }

    private static var parameters: EndpointParameters {
        var extensions = ExtensionIdentifiers()
        (extensions.mid, extensions.transportCC) = (4, 3)
        let opus = [PayloadType(number: 111, codec: .opus)]
        let vp8 = [PayloadType(number: 96, codec: .vp8, retransmission: 97)]
        return EndpointParameters(
            role: .server, local: self.local, remote: self.remote,
            remoteFingerprint: [UInt8](repeating: 1, count: 32), extensions: extensions,
            incoming: [
                IncomingSection(mid: "0", kind: .audio, payloadTypes: opus),
                IncomingSection(mid: "1", kind: .video, ssrcs: [1_111, 1_112], payloadTypes: vp8),
            ],
            outgoing: [
                OutgoingStream(mid: "4", kind: .audio, ssrc: 4_000, payloadTypes: opus),
                OutgoingStream(mid: "12", kind: .video, ssrc: 12_000, retransmissionSSRC: 12_001, payloadTypes: vp8),
            ], rtcpSSRC: 99, cname: "server")
    }
}
