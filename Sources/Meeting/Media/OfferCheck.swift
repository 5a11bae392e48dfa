internal import Signalling

/// Whether the parts of an offer fit together: one meaning per identifier, unique mids, bounded numbers. What is inside
/// one field was checked when the message was read. Nothing is allocated before all of it holds (`media.md` 3.2).
struct OfferCheck {
    /// The stamping table of a slot holds two characters.
    private static let midLength = 1...2
    private static let ownSectionsAtMost = 8
    private static let audioSlotsAtMost = 8
    /// One-byte header extensions (RFC 8285 §4.2).
    private static let extensionIdentifiers = 1...14
    /// 64...95 would be taken for RTCP (RFC 5761 §4), and below 35 numbers have fixed meanings.
    private static let payloadTypes = [35...63, 96...127]

    private let offer: Offer

    init(_ offer: Offer) {
        self.offer = offer
    }

    func run() throws(MediaFailure) {
        guard self.extensionsAreDistinct, self.payloadsAreDistinct, self.midsAreDistinct, self.ssrcsAreDistinct,
            self.ownSectionsComeFirst, self.offer.sections.allSatisfy(Self.holdsTogether)
        else { throw .offerInconsistent }
        guard self.slots(.audio) <= Self.audioSlotsAtMost, self.slots(.video) <= self.videoSlotsAtMost else {
            throw .tooManySlots
        }
    }

    /// A small screen shows nine pictures, a large one twenty-five.
    private var videoSlotsAtMost: Int {
        switch self.offer.device {
        case .desktop: 25
        case .phone: 9
        }
    }

    private func slots(_ kind: Offer.Section.Kind) -> Int {
        self.offer.sections.count { $0.use == .slot && $0.kind == kind }
    }

    private var extensionsAreDistinct: Bool {
        let extensions = self.offer.extensions
        let optional = [extensions.rid, extensions.rrid, extensions.dd, extensions.vla].compactMap { $0 }
        let identifiers = [extensions.mid, extensions.twcc] + optional
        return Set(identifiers).count == identifiers.count
            && identifiers.allSatisfy(Self.extensionIdentifiers.contains)
    }

    private var payloadsAreDistinct: Bool {
        let numbers = self.offer.payloads.flatMap { [$0.pt] + ($0.rtx.map { [$0] } ?? []) }
        return Set(numbers).count == numbers.count
            && numbers.allSatisfy { number in Self.payloadTypes.contains { $0.contains(number) } }
    }

    private var midsAreDistinct: Bool {
        let mids = self.offer.sections.map(\.mid)
        return Set(mids).count == mids.count && mids.allSatisfy { Self.midLength.contains($0.text.utf8.count) }
    }

    private var ssrcsAreDistinct: Bool {
        let ssrcs = self.offer.sections.flatMap { $0.ssrcs ?? [] }
        return Set(ssrcs).count == ssrcs.count
    }

    /// Own sections, each use once, then slots for sound, then slots for pictures.
    private var ownSectionsComeFirst: Bool {
        let own = self.offer.sections.prefix { $0.use != .slot }
        let slots = self.offer.sections.dropFirst(own.count)
        let pictures = slots.drop { $0.kind == .audio }
        return own.count <= Self.ownSectionsAtMost && Set(own.map(\.use)).count == own.count
            && slots.allSatisfy { $0.use == .slot } && pictures.allSatisfy { $0.kind == .video }
    }

    private static func holdsTogether(_ section: Offer.Section) -> Bool {
        let rids = section.rids ?? []
        guard Set(rids).count == rids.count else { return false }
        switch section.use {
        case .microphone, .screenAudio: return section.kind == .audio && section.layout == nil && rids.isEmpty
        case .slot: return section.layout == nil && rids.isEmpty
        case .camera, .screen:
            guard section.kind == .video else { return false }
            return (section.layout == .simulcast) == !rids.isEmpty
        }
    }
}
