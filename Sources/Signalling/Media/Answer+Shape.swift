extension Answer {
    static let record = Record<Self>(
        "Answer", Self.init,
        .required("ufrag", \.ufrag, .text(.ice(4...256))),
        .required("pwd", \.pwd, .text(.ice(22...256))),
        .required("fingerprint", \.fingerprint, .text(.fingerprint)),
        .required("cname", \.cname, .text(.ascii(1...64))),
        .required("candidates", \.candidates, .list(Candidate.record.shape, atMost: 16)),
        .required("audio", \.audio, Audio.record.shape),
        .required("video", \.video, Video.record.shape),
        .required("levels", \.levels, .bool),
        .required("slots", \.slots, .list(Slot.record.shape, atMost: 80)),
        .required("limits", \.limits, Limits.record.shape))
}

extension Answer.Candidate {
    static let record = Record<Self>(
        "Candidate", Self.init,
        .required("protocol", \.transport, .choice),
        .required("address", \.address, .text(.ascii(2...64))),
        .required("port", \.port, .whole(1...65_535)))
}

extension Answer.Audio {
    static let record = Record<Self>(
        "AudioAnswer", Self.init,
        .required("pts", \.pts, .list(.whole(0...127), atMost: 16)),
        .required("opus", \.opus, Answer.Opus.record.shape))
}

extension Answer.Opus {
    static let record = Record<Self>(
        "OpusAnswer", Self.init, .required("maxaveragebitrate", \.maxaveragebitrate, .whole(6_000...510_000)))
}

extension Answer.Video {
    static let record = Record<Self>(
        "VideoAnswer", Self.init, .required("pts", \.pts, .list(.whole(0...127), atMost: 16)))
}

extension Answer.Slot {
    static let record = Record<Self>(
        "SlotAnswer", Self.init,
        .required("mid", \.mid, .id),
        .required("ssrc", \.ssrc, .whole(1...0xFFFF_FFFF)),
        .optional("rtx", \.rtx, .whole(1...0xFFFF_FFFF)),
        .required("pair", \.pair, .whole(0...255)))
}

extension Answer.Limits {
    static let record = Record<Self>(
        "MediaLimits", Self.init,
        .required("uplinkKbps", \.uplinkKbps, .whole(1...1_000_000)),
        .required("videoSlots", \.videoSlots, .whole(0...100)))
}
