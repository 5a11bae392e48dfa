import Meeting
import Signalling
import Testing

@Suite("Offers that do not hold together")
struct OfferTests {
    @Test("a browser's offer is taken with VP8 and Opus")
    func taken() throws {
        let accepted = try AcceptedOffer(checking: .desktop)
        #expect(accepted.own.count == 4)
        #expect(accepted.slots.count == 33)
        #expect(accepted.videoPayloads == [Offer.Payload(pt: 96, codec: .vp8, rtx: 97)])
        #expect(accepted.fingerprint == [UInt8](repeating: 0xAB, count: 32))
    }

    @Test(
        "each contradiction is refused",
        arguments: [
            Change("two sections with one mid") { $0.sections[1].mid = Mid(unchecked: "0") },
            Change("a mid of three characters") { $0.sections[0].mid = Mid(unchecked: "abc") },
            Change("one identifier for two extensions") { $0.extensions.twcc = 4 },
            Change("an identifier that needs two bytes") { $0.extensions.mid = 15 },
            Change("one payload type for two codecs") { $0.payloads[1].pt = 111 },
            Change("retransmissions in a payload type of their own media") { $0.payloads[1].rtx = 96 },
            Change("a payload type that would be taken for RTCP") { $0.payloads[0].pt = 72 },
            Change("an SSRC in two sections") { $0.sections[1].ssrcs = [11] },
            Change("a camera that is sound") { $0.sections[1].kind = .audio },
            Change("two cameras") { $0.sections[2].use = .camera },
            Change("a slot before an own section") { $0.sections.swapAt(3, 4) },
            Change("a slot for sound after one for pictures") { $0.sections.swapAt(11, 12) },
            Change("simulcast without names") { $0.sections[1].layout = .simulcast },
            Change("names without simulcast") { $0.sections[1].rids = [RID(unchecked: "q")] },
            Change("a name twice") {
                $0.sections[1].layout = .simulcast
                $0.sections[1].rids = [RID(unchecked: "q"), RID(unchecked: "q")]
            },
        ])
    func refused(_ change: Change) {
        var offer = Offer.desktop
        change.apply(&offer)
        #expect(throws: MediaFailure.offerInconsistent) { try AcceptedOffer(checking: offer) }
    }

    @Test("more slots than a phone gets are refused as such")
    func tooManySlots() {
        var offer = Offer.desktop
        offer.device = .phone
        #expect(throws: MediaFailure.tooManySlots) { try AcceptedOffer(checking: offer) }
    }

    @Test("a client without VP8 has no common codec")
    func noCodec() {
        var offer = Offer.desktop
        offer.payloads.remove(at: 1)
        #expect(throws: MediaFailure.noCommonCodec) { try AcceptedOffer(checking: offer) }
    }

    struct Change: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let apply: @Sendable (inout Offer) -> Void

        init(_ testDescription: String, _ apply: @escaping @Sendable (inout Offer) -> Void) {
            self.testDescription = testDescription
            self.apply = apply
        }
    }
}
