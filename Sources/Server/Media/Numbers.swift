internal import Forwarding
internal import Meeting
internal import SFU

/// The media plane's numbers are unique in the whole server; a meeting's are unique in its room.
extension RoomNumber {
    var plane: RoomID { RoomID(rawValue: UInt64(self.rawValue)) }

    func endpoint(_ number: EndpointNumber) -> EndpointID {
        EndpointID(rawValue: UInt64(self.rawValue) << 32 | UInt64(number.rawValue))
    }

    func publication(_ number: PublicationNumber) -> PublicationID {
        PublicationID(rawValue: UInt64(self.rawValue) << 32 | UInt64(number.rawValue))
    }

    init(of endpoint: EndpointID) {
        self.init(rawValue: UInt32(truncatingIfNeeded: endpoint.rawValue >> 32))
    }
}

extension EndpointNumber {
    init(of endpoint: EndpointID) {
        self.init(rawValue: UInt32(truncatingIfNeeded: endpoint.rawValue))
    }
}

extension PublicationNumber {
    init(of publication: PublicationID) {
        self.init(rawValue: UInt32(truncatingIfNeeded: publication.rawValue))
    }
}
