import Meeting
import Wire

/// What is said at the door, with sealed parts of any bytes.
enum LobbyBytes {
    static func request(
        mark: UInt8 = 1, words: UInt8? = nil, pass: Int = 0, meeting: [UInt8] = Authority.meeting, instance: UInt32 = 0
    ) throws -> LobbyRequest {
        var writer = ByteWriter()
        writer.u8(1)
        writer.append(meeting)
        writer.u32(instance)
        writer.vector(Array(MLSBytes.keyPackage(mark: mark).dropFirst(4)))
        writer.append([UInt8](repeating: words ?? mark, count: 32))
        writer.vector([UInt8](repeating: 0, count: pass))
        writer.vector([UInt8](repeating: mark, count: 1_120))
        writer.vector([UInt8](repeating: mark, count: 1_040))
        writer.append([UInt8](repeating: mark, count: 32))
        return try LobbyRequest(decoding: writer.bytes)
    }

    static func answer(_ request: RequestHash, _ chain: Chain) throws -> LobbyAnswer {
        var writer = ByteWriter()
        request.write(to: &writer)
        writer.append([UInt8](repeating: 2, count: 32))
        writer.u8(1)
        chain.write(to: &writer)
        writer.vector([UInt8](repeating: 3, count: 64))
        return try LobbyAnswer(decoding: writer.bytes)
    }
}
