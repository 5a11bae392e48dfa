package import Edge
internal import Meeting
internal import Persistence
internal import Privacy
internal import Redaction
package import Signalling

extension Desk {
    /// A new secret for an app. It counts only after a first code of it, so nobody locks themselves out.
    package func offerCodes(_ who: SignedIn) async throws(AccountRefusal) -> CodeOffer {
        let secret = Self.bytes(SixDigits.secretBytes, &self.generator)
        self.offers[who.account] = Offer(secret: secret, until: self.clock.instant() + Self.offerLifetime)
        return CodeOffer(secret: Redacted(Base32.encode(secret)))
    }

    /// A first code: from now on codes are asked for. The recovery codes are told this once.
    package func confirmCodes(
        _ who: SignedIn, _ confirmation: CodeConfirmation
    ) async throws(AccountRefusal) -> RecoveryCodes {
        guard let offer = self.offers[who.account], self.clock.instant() < offer.until else {
            throw AccountRefusal(.conflict)
        }
        guard case .digits(let digits)? = TypedCode(confirmation.code.exposed),
            let step = SixDigits.accept(digits, secret: offer.secret, after: 0, now: self.clock.wall())
        else { throw AccountRefusal(.unauthorized) }
        self.offers[who.account] = nil
        let codes = (0..<AccountLimits.recoveryCodes).map { _ in RecoveryCode.random(using: &self.generator) }
        let kept = codes.compactMap { code -> String? in
            if case .recovery(let letters)? = TypedCode(code) { letters } else { nil }
        }
        try await self.kept { store throws(StorageFailure) in
            try await store.setCodes(
                Personal(offer.secret), usedStep: step, recoveryCodes: kept, of: who.account)
        }
        return RecoveryCodes(codes: codes.map { Redacted($0) })
    }

    /// A password is enough again.
    package func dropCodes(_ who: SignedIn) async throws(AccountRefusal) {
        self.offers[who.account] = nil
        try await self.kept { store throws(StorageFailure) in try await store.dropCodes(of: who.account) }
    }
}
