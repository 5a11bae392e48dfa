package import E2EE

/// A whole link: the server's address and the two parts that mean something to a member.
public struct MeetingLink: ~Copyable, Sendable {
    /// Where the meeting is.
    public var server: ServerAddress
    let link: Link

    /// Reads `https://HOST/m/ID#FRAGMENT`.
    public init(_ text: String) throws(ClientFailure) {
        guard let hash = text.firstIndex(of: "#"), let server = ServerAddress(text) else { throw .linkDamaged }
        let before = text[..<hash]
        let fragment = Array(text[text.index(after: hash)...].utf8)
        // Nothing may stand between the address and `/m/`: the meeting would be another one than it looks like.
        let path = before.dropFirst(server.isSecure ? 8 : 7).drop { $0 != "/" }
        guard path.hasPrefix("/m/") else { throw .linkDamaged }
        let meetingID = Array(path.dropFirst(3).utf8)
        do throws(LinkError) {
            self.link = try Link(meetingID: meetingID.span, fragment: fragment.span, SwiftCryptoProvider())
        } catch {
            throw error == .newer ? .linkNewer : .linkDamaged
        }
        self.server = server
    }

    init(server: ServerAddress, link: consuming Link) {
        self.server = server
        self.link = link
    }

    /// The meeting's id as it stands in the path.
    var meetingID: String { String(decoding: self.link.path, as: UTF8.self) }

    /// Whether it is a service's job.
    public var isService: Bool { self.link.kind == .service }

    /// A job for a service under this host link, from an hour ago on and for half a day, as text.
    package borrowing func job(_ info: ServiceInfo) throws(ClientFailure) -> String {
        let now = MediaClock.unixMilliseconds() / 1_000, hour: UInt64 = 3_600
        do throws(E2EEError) {
            let job = try self.link.service(
                info, instance: 0, notBefore: now - min(now, hour), notAfter: now + 12 * hour, SwiftCryptoProvider())
            return self.text(fragment: job.fragment())
        } catch {
            throw self.link.kind == .host ? .system : .linkDamaged
        }
    }

    /// This link as text.
    public borrowing func text() -> String { self.text(fragment: self.link.fragment()) }

    /// The common link to the same meeting, for handing on.
    public borrowing func guestText() -> String { self.text(fragment: self.link.guestFragment()) }

    private borrowing func text(fragment: [UInt8]) -> String {
        self.server.origin + "/m/" + self.meetingID + "#" + String(decoding: fragment, as: UTF8.self)
    }
}
