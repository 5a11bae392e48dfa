/// What a parser of hostile JSON stops at. The numbers are far above any message and far below any harm.
package enum JSONLimits {
    /// Bytes of one message, in both directions: one WebSocket frame.
    package static let messageBytes = 65_536
    /// `media opened` nests four deep.
    static let depth = 8
    /// `media open` has ten members.
    static let members = 32
    /// A room has at most a hundred people.
    static let elements = 128
    /// JavaScript's largest exact number.
    static let magnitude = 9_007_199_254_740_992
}
