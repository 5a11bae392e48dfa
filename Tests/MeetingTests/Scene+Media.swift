import Meeting
import Signalling

extension Scene {
    struct NoEndpoint: Error {}

    /// The endpoint opened last.
    func endpoint() throws -> EndpointNumber {
        for instruction in self.media.reversed() {
            if case .open(let endpoint, _) = instruction { return endpoint }
        }
        throw NoEndpoint()
    }
}

extension Offer {
    /// What a desktop browser offers: four own sections, eight slots for sound, twenty-five for pictures.
    static var desktop: Offer {
        var sections = [
            Section(mid: Mid(unchecked: "0"), kind: .audio, use: .microphone, ssrcs: [11]),
            Section(mid: Mid(unchecked: "1"), kind: .video, use: .camera, layout: .single, ssrcs: [21, 22]),
            Section(mid: Mid(unchecked: "2"), kind: .video, use: .screen, layout: .single),
            Section(mid: Mid(unchecked: "3"), kind: .audio, use: .screenAudio),
        ]
        for number in 4..<37 {
            sections.append(
                Section(mid: Mid(unchecked: String(number)), kind: number < 12 ? .audio : .video, use: .slot))
        }
        return Offer(
            use: .both, ufrag: "abcd", pwd: String(repeating: "x", count: 22),
            fingerprint: [String](repeating: "AB", count: 32).joined(separator: ":"), device: .desktop,
            payloads: [
                Payload(pt: 111, codec: .opus), Payload(pt: 96, codec: .vp8, rtx: 97),
                Payload(pt: 98, codec: .vp9, rtx: 99),
            ],
            extensions: Extensions(mid: 4, twcc: 3, rid: 10, rrid: 11), sections: sections)
    }
}

extension MediaCommand {
    static func publish(_ mid: String) -> Self { .publish(Section(mid: Mid(unchecked: mid))) }
    static func withdraw(_ mid: String) -> Self { .withdraw(Section(mid: Mid(unchecked: mid))) }
}
