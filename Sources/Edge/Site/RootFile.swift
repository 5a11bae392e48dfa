/// What keeps its address from release to release, at the root, and so is asked for again each time.
package enum RootFile: String, CaseIterable, Sendable {
    /// It serves the page of whoever installed the program, so it stands above all pages.
    case serviceWorker = "sw.js"
    /// Of the installed app.
    case manifest = "manifest.webmanifest"
}
