/// How long a browser may keep what it got (`client.md` 1).
enum Caching {
    /// Pages and the API: never, so that nobody is left with an old one.
    static let page = "no-store"
    /// Files below `/a/`: for ever, since another release has another address.
    static let file = "public, max-age=31536000, immutable"
    /// Files at the root keep their address, so they are asked for again.
    static let rootFile = "no-cache"
}
