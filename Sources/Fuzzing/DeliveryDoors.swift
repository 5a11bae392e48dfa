import Meeting

/// What the server reads of the messages it orders; the rules stand in `Meeting.DeliveryFuzz`.
enum DeliveryDoors {
    static func frame(_ bytes: [UInt8]) { DeliveryFuzz.frame(bytes) }
}
