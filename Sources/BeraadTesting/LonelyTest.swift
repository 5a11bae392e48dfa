internal import Foundation

/// A test that needs a process to itself: run once more by itself, in a child.
package struct LonelyTest: Sendable {
    /// Whether the child ended well and said the line that only the test itself prints.
    package let isProven: Bool
    /// What the child said, for a failure's message.
    package let text: String

    /// Runs `filter` in a child with more in its environment, and waits for its end.
    package init(_ filter: String, environment: [String: String], says line: String) throws {
        let child = Process()
        child.executableURL = URL(
            fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        child.arguments = ["--testing-library", "swift-testing", "--filter", filter]
        child.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        child.standardOutput = output
        child.standardError = output
        try child.run()
        self.text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        child.waitUntilExit()
        self.isProven = child.terminationStatus == 0 && self.text.contains(line)
    }
}
