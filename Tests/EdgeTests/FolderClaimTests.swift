import Foundation
import Server
import Testing

@Suite("One server for one data folder")
struct FolderClaimTests {
    @Test("A second claim is refused while the first holds, and taken after it")
    func second() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "beraad-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            let first = try FolderClaim(of: folder)
            #expect(throws: FolderClaim.Refused.taken) { _ = try FolderClaim(of: folder) }
            _ = consume first
        }
        _ = try FolderClaim(of: folder)
    }

    @Test("A folder that is not there is refused")
    func missing() {
        let folder = URL(filePath: "/nonexistent/beraad")
        #expect(throws: FolderClaim.Refused.unusable) { _ = try FolderClaim(of: folder) }
    }
}
