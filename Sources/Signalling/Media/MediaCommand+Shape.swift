extension MediaCommand {
    static let union = Union<Self>(
        "MediaCommand", area: "media",
        .body("open", Offer.record, { .open($0) }, { if case .open(let body) = $0 { body } else { nil } }),
        .body("publish", Section.record, { .publish($0) }, { if case .publish(let body) = $0 { body } else { nil } }),
        .body(
            "withdraw", Section.record, { .withdraw($0) }, { if case .withdraw(let body) = $0 { body } else { nil } }),
        .body("want", Want.record, { .want($0) }, { if case .want(let body) = $0 { body } else { nil } }),
        .body(
            "restart", Credentials.record, { .restart($0) }, { if case .restart(let body) = $0 { body } else { nil } }),
        .bare("close", .close))
}

extension MediaCommand.Section {
    static let record = Record<Self>("Section", Self.init, .required("mid", \.mid, .id))
}

extension MediaCommand.Want {
    static let record = Record<Self>(
        "Want", Self.init,
        .required("generation", \.generation, .whole(0...JSONLimits.magnitude)),
        .required("items", \.items, .list(MediaCommand.WantItem.record.shape, atMost: 100)))
}

extension MediaCommand.WantItem {
    static let record = Record<Self>(
        "WantItem", Self.init,
        .required("publication", \.publication, .id),
        .required("height", \.height, .whole(0...8_192)),
        .required("rank", \.rank, .whole(0...255)))
}

extension MediaCommand.Credentials {
    static let record = Record<Self>(
        "Credentials", Self.init,
        .required("ufrag", \.ufrag, .text(.ice(4...256))),
        .required("pwd", \.pwd, .text(.ice(22...256))))
}
