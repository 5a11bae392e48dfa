package import Wire

extension DeliveryEvent {
    /// Reads what a frame says, to its last byte.
    package init(_ frame: Frame) throws(WireError) {
        var reader = ByteReader(frame.body.rawSpan)
        switch frame.type {
        case 0x40: self = .hello(try Hello(reading: &reader))
        case 0x41: self = .ok
        case 0x42: self = .failed(try DeliveryFailure(reading: &reader))
        case 0x43: self = .ordered(try Ordered(reading: &reader))
        case 0x44: self = .welcome(try Welcome(reading: &reader))
        case 0x45: self = .duty(try Duty(reading: &reader))
        case 0x46: self = .lost(try Lost(reading: &reader))
        case 0x47: self = .lobby(try LobbyMessage(reading: &reader))
        case 0x48: self = .data(try DeliveryData(reading: &reader))
        case 0x49: self = .ended(try GroupID(reading: &reader))
        case 0x4A: self = .voided(try Voided(reading: &reader))
        case 0x4B: self = .candidate(try Candidate(reading: &reader))
        default: throw .illegalValue
        }
        try reader.end()
    }

    /// The frame that says this; `request` is the number of the question it answers, or 0.
    package func frame(request: UInt32) -> Frame {
        switch self {
        case .hello(let body): Frame(0x40, request, body)
        case .ok: Frame(type: 0x41, request: request, body: [])
        case .failed(let failure): Frame(0x42, request, failure)
        case .ordered(let body): Frame(0x43, request, body)
        case .welcome(let body): Frame(0x44, request, body)
        case .duty(let body): Frame(0x45, request, body)
        case .lost(let body): Frame(0x46, request, body)
        case .lobby(let body): Frame(0x47, request, body)
        case .data(let body): Frame(0x48, request, body)
        case .ended(let group): Frame(0x49, request, group)
        case .voided(let body): Frame(0x4A, request, body)
        case .candidate(let body): Frame(0x4B, request, body)
        }
    }
}
