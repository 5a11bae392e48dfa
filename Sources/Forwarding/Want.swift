/// One line of a subscriber's want list.
package struct Want: Sendable, BitwiseCopyable, Equatable {
    /// What should be shown.
    package var publication: PublicationID
    /// Height on the screen in pixels; 0 = not wanted.
    package var height: UInt16
    /// 0 is the most important.
    package var rank: UInt16

    /// One line.
    package init(publication: PublicationID, height: UInt16, rank: UInt16) {
        self.publication = publication
        self.height = height
        self.rank = rank
    }
}
