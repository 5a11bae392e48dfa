internal import Crypto
internal import Foundation
package import Signalling
internal import Wire

/// Challenges that prove by themselves that they are ours and how old they are, so that nobody fills a table by asking
/// for them. Only those that were answered are remembered, for as long as they would count.
package struct PasskeyChallenges: Sendable {
    /// What is signed for; a challenge for one thing is none for another.
    package enum Purpose: Equatable, Sendable {
        /// Somebody signs in.
        case signIn
        /// The holder of an account makes a passkey.
        case making(AccountID)
    }

    /// A person looks for the key, or for the phone.
    private static let lifetime = Duration.seconds(300)
    private static let bodyBytes = 16

    private let key: SymmetricKey
    private var spent: [[UInt8]: WallTime] = [:]

    /// With a key of this run of the program.
    package init(using generator: inout some RandomNumberGenerator) {
        self.key = SymmetricKey(data: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// A new one.
    package func make(
        for purpose: Purpose, now: WallTime, using generator: inout some RandomNumberGenerator
    ) -> PasskeyChallenge {
        let time = (0..<8).reversed().map { UInt8(truncatingIfNeeded: now.seconds >> ($0 * 8)) }
        let body = time + (0..<8).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return PasskeyChallenge(bytes: body + self.code(body, purpose))
    }

    /// Whether it is ours, for that, young enough and not answered yet.
    package func holds(_ challenge: [UInt8], for purpose: Purpose, now: WallTime) -> Bool {
        guard challenge.count == Self.bodyBytes * 2 else { return false }
        let body = Array(challenge.prefix(Self.bodyBytes))
        guard equalInConstantTime(self.code(body, purpose), Array(challenge.suffix(Self.bodyBytes))) else {
            return false
        }
        // Only this program made it, so the time is one it read.
        let made = WallTime(seconds: Int(truncatingIfNeeded: body.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }))
        return made <= now && now < made + Self.lifetime && self.spent[challenge] == nil
    }

    /// It was answered rightly, and so counts no more; false when it was before.
    package mutating func spend(_ challenge: [UInt8], now: WallTime) -> Bool {
        self.spent = self.spent.filter { now < $0.value }
        return self.spent.updateValue(now + Self.lifetime, forKey: challenge) == nil
    }

    private func code(_ body: [UInt8], _ purpose: Purpose) -> [UInt8] {
        let label: [UInt8] =
            switch purpose {
            case .signIn: [0]
            case .making(let account): [1] + account.decoded
            }
        return Array(HMAC<SHA256>.authenticationCode(for: body + label, using: self.key).prefix(Self.bodyBytes))
    }
}
