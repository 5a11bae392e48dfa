/// Where two meet: the first waits until the second has come and done something. Whoever comes later goes on.
actor Rendezvous {
    private var count = 0
    private var first: CheckedContinuation<Void, Never>?

    /// Comes, and does this if the other is there already.
    func come(_ act: () async -> Void) async {
        self.count += 1
        switch self.count {
        case 1: await withCheckedContinuation { self.first = $0 }
        case 2:
            await act()
            self.first?.resume()
        default: break
        }
    }
}
