extension Offer {
    static let record = Record<Self>(
        "Offer", Self.init,
        .required("use", \.use, .choice),
        .required("ufrag", \.ufrag, .text(.ice(4...256))),
        .required("pwd", \.pwd, .text(.ice(22...256))),
        .required("fingerprint", \.fingerprint, .text(.fingerprint)),
        .required("device", \.device, .choice),
        .required("payloads", \.payloads, .list(Payload.record.shape, atMost: 16)),
        .required("extensions", \.extensions, Extensions.record.shape),
        .required("sections", \.sections, .list(Section.record.shape, atMost: 80)))
}

extension Offer.Payload {
    static let record = Record<Self>(
        "OfferPayload", Self.init,
        .required("pt", \.pt, .whole(0...127)),
        .required("codec", \.codec, .choice),
        .optional("rtx", \.rtx, .whole(0...127)))
}

extension Offer.Extensions {
    static let record = Record<Self>(
        "OfferExtensions", Self.init,
        .required("mid", \.mid, .whole(1...255)),
        .required("twcc", \.twcc, .whole(1...255)),
        .optional("rid", \.rid, .whole(1...255)),
        .optional("rrid", \.rrid, .whole(1...255)),
        .optional("dd", \.dd, .whole(1...255)),
        .optional("vla", \.vla, .whole(1...255)))
}

extension Offer.Section {
    static let record = Record<Self>(
        "OfferSection", Self.init,
        .required("mid", \.mid, .id),
        .required("kind", \.kind, .choice),
        .required("use", \.use, .choice),
        .optional("layout", \.layout, .choice),
        .optional("rids", \.rids, .list(.id, atMost: 3)),
        .optional("ssrcs", \.ssrcs, .list(.whole(1...0xFFFF_FFFF), atMost: 8)))
}
