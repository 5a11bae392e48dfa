package import Wire

extension DeliveryCommand {
    /// Reads what a frame says, to its last byte.
    package init(_ frame: Frame) throws(WireError) {
        var reader = ByteReader(frame.body.rawSpan)
        switch frame.type {
        case 0x01: self = .create(try Create(reading: &reader))
        case 0x02: self = .knock(try LobbyRequest(reading: &reader))
        case 0x03: self = .reveal(try LobbyReveal(reading: &reader))
        case 0x04: self = .answer(try LobbyAnswer(reading: &reader))
        case 0x05: self = .note(try LobbyNote(reading: &reader))
        case 0x06: self = .commit(try Commit(reading: &reader))
        case 0x07:
            guard reader.remaining <= FrameLimits.proposal else { throw .tooLarge }
            self = .propose(reader.remainder())
        case 0x08: self = .app(try App(reading: &reader))
        case 0x09: self = .get(try Get(reading: &reader))
        case 0x0A: self = .keyPackages(try reader.opaque(atMost: FrameLimits.keyPackages))
        case 0x0B: self = .reserve(try GroupID(reading: &reader))
        case 0x0C: self = .fault(try Fault(reading: &reader))
        case 0x0D: self = .ack(try Ack(reading: &reader))
        case 0x0E: self = .snapshot(try Snapshot(reading: &reader))
        case 0x0F: self = .bind(try Bind(reading: &reader))
        case 0x10: self = .withdraw(try LeafKey(reading: &reader))
        default: throw .illegalValue
        }
        try reader.end()
    }

    /// The frame that says this.
    package func frame(request: UInt32) -> Frame {
        switch self {
        case .create(let body): return Frame(0x01, request, body)
        case .knock(let body): return Frame(0x02, request, body)
        case .reveal(let body): return Frame(0x03, request, body)
        case .answer(let body): return Frame(0x04, request, body)
        case .note(let body): return Frame(0x05, request, body)
        case .commit(let body): return Frame(0x06, request, body)
        case .propose(let message): return Frame(type: 0x07, request: request, body: message)
        case .app(let body): return Frame(0x08, request, body)
        case .get(let body): return Frame(0x09, request, body)
        case .keyPackages(let packages):
            var writer = ByteWriter(capacity: packages.count + 4)
            writer.vector(packages)
            return Frame(type: 0x0A, request: request, body: writer.bytes)
        case .reserve(let group): return Frame(0x0B, request, group)
        case .fault(let body): return Frame(0x0C, request, body)
        case .ack(let body): return Frame(0x0D, request, body)
        case .snapshot(let body): return Frame(0x0E, request, body)
        case .bind(let body): return Frame(0x0F, request, body)
        case .withdraw(let key): return Frame(0x10, request, key)
        }
    }
}
