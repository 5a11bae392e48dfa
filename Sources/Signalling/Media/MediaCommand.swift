/// What a client asks about its media connection (`media.md` 3.2).
package enum MediaCommand: Equatable, Sendable {
    /// Open it: the browser's offer, as values.
    case open(Offer)
    /// An own section starts sending.
    case publish(Section)
    /// An own section stops, as for mute. Its SSRC stays bound.
    case withdraw(Section)
    /// Which pictures are wanted, how large; replaces the list before.
    case want(Want)
    /// ICE restart with the client's new credentials.
    case restart(Credentials)
    /// Close it and stay in the meeting.
    case close
}

extension MediaCommand {
    /// An own section.
    package struct Section: Equatable, Sendable {
        /// Which.
        package var mid: Mid

        /// An own section.
        package init(mid: Mid) {
            self.mid = mid
        }
    }

    /// A list of wishes.
    package struct Want: Equatable, Sendable {
        /// Counts up with each list.
        package var generation: Int
        /// The list.
        package var items: [WantItem]

        /// A list of wishes.
        package init(generation: Int, items: [WantItem]) {
            self.generation = generation
            self.items = items
        }
    }

    /// One wished-for picture.
    package struct WantItem: Equatable, Sendable {
        /// Whose.
        package var publication: PublicationID
        /// In pixels as shown; 0 = not wanted.
        package var height: Int
        /// 0 matters most.
        package var rank: Int

        /// One wished-for picture.
        package init(publication: PublicationID, height: Int, rank: Int) {
            self.publication = publication
            self.height = height
            self.rank = rank
        }
    }

    /// ICE credentials.
    package struct Credentials: Equatable, Sendable {
        /// User name fragment.
        package var ufrag: String
        /// Password.
        package var pwd: String

        /// ICE credentials.
        package init(ufrag: String, pwd: String) {
            self.ufrag = ufrag
            self.pwd = pwd
        }
    }
}
