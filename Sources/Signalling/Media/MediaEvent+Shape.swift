extension MediaEvent {
    static let union = Union<Self>(
        "MediaEvent", area: "media",
        .body("opened", Answer.record, { .opened($0) }, { if case .opened(let body) = $0 { body } else { nil } }),
        .body(
            "published", Published.record, { .published($0) },
            { if case .published(let body) = $0 { body } else { nil } }),
        .body(
            "withdrawn", Withdrawn.record, { .withdrawn($0) },
            { if case .withdrawn(let body) = $0 { body } else { nil } }),
        .body(
            "stopped", Stopped.record, { .stopped($0) }, { if case .stopped(let body) = $0 { body } else { nil } }),
        .body(
            "assigned", Assigned.record, { .assigned($0) }, { if case .assigned(let body) = $0 { body } else { nil } }),
        .body("flow", Flow.record, { .flow($0) }, { if case .flow(let body) = $0 { body } else { nil } }),
        .body(
            "restarted", MediaCommand.Credentials.record, { .restarted($0) },
            { if case .restarted(let body) = $0 { body } else { nil } }),
        .body("closed", Closed.record, { .closed($0) }, { if case .closed(let body) = $0 { body } else { nil } }),
        .body("failed", Failed.record, { .failed($0) }, { if case .failed(let body) = $0 { body } else { nil } }))
}

extension MediaEvent.Published {
    static let record = Record<Self>(
        "Published", Self.init,
        .required("publication", \.publication, .id),
        .required("participant", \.participant, .id),
        .required("use", \.use, .choice))
}

extension MediaEvent.Withdrawn {
    static let record = Record<Self>("Withdrawn", Self.init, .required("publication", \.publication, .id))
}

extension MediaEvent.Stopped {
    static let record = Record<Self>("Stopped", Self.init, .required("use", \.use, .choice))
}

extension MediaEvent.Assigned {
    static let record = Record<Self>(
        "Assigned", Self.init,
        .required("generation", \.generation, .whole(0...JSONLimits.magnitude)),
        .required("slots", \.slots, .list(MediaEvent.SlotAssignment.record.shape, atMost: 80)))
}

extension MediaEvent.SlotAssignment {
    static let record = Record<Self>(
        "SlotAssignment", Self.init,
        .required("mid", \.mid, .id),
        .required("publication", \.publication, .nullable(.id)))
}

extension MediaEvent.Flow {
    static let record = Record<Self>(
        "Flow", Self.init,
        .required("mid", \.mid, .id),
        .required("state", \.state, .choice),
        .required("reason", \.reason, .nullable(.choice)))
}

extension MediaEvent.Closed {
    static let record = Record<Self>("Closed", Self.init, .required("reason", \.reason, .choice))
}

extension MediaEvent.Failed {
    static let record = Record<Self>(
        "Failed", Self.init, .required("failure", \.failure, MediaFailure.union.shape))
}
