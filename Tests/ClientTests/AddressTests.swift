import Client
import Testing

@Suite("What people paste")
struct AddressTests {
    private let path = "AAECAwQFBgcICQoLDA0ODw"
    private let fragment = "ARAREhMUFRYXGBkaGxwdHh95ZVhzPdwKbqA9iLXTxxg2"

    private func failure(_ text: String) -> ClientFailure? {
        do throws(ClientFailure) {
            _ = try MeetingLink(text)
            return nil
        } catch {
            return error
        }
    }

    @Test("a link says which server, and comes out as it went in")
    func links() throws {
        for origin in [
            "http://localhost:8080", "https://meet.example.org", "http://[::1]:8080", "https://10.0.0.1:444",
        ] {
            let text = "\(origin)/m/\(self.path)#\(self.fragment)"
            let link = try MeetingLink(text)
            #expect(link.text() == text && link.server.origin == origin)
        }
    }

    @Test("a link that is not one is called damaged, one from the future asks for a newer program")
    func broken() {
        let good = "https://meet.example.org/m/\(self.path)#\(self.fragment)"
        #expect(self.failure(good) == nil)
        for text in [
            "", "nonsense", "https://meet.example.org/m/\(self.path)",
            "ftp://meet.example.org/m/\(self.path)#\(self.fragment)",
            "https:///m/\(self.path)#\(self.fragment)", "https://meet.example.org/x/m/\(self.path)#\(self.fragment)",
            "https://me@meet.example.org/m/\(self.path)#\(self.fragment)",
            "https://meet.example.org:99999/m/\(self.path)#\(self.fragment)", good + "A",
            "https://meet.example.org/m/\(self.path)/#\(self.fragment)",
        ] {
            #expect(self.failure(text) == .linkDamaged)
        }
        #expect(
            self.failure("https://meet.example.org/m/\(self.path)#BRAREhMUFRYXGBkaGxwdHh95ZVhzPdwKbqA9iLXTxxg2")
                == .linkNewer)
    }

    @Test("a name is one clean line, or none")
    func names() {
        #expect(DisplayName("  Zoë  ")?.text == "Zoë")
        #expect(DisplayName("a\u{202E}b\u{0007}c")?.text == "abc")
        for text in ["", "   ", "\u{202E}", String(repeating: "x", count: 61), String(repeating: "🙂", count: 31)] {
            #expect(DisplayName(text) == nil)
        }
    }
}
