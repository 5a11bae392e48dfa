/// By which right something is kept (GDPR Art. 6(1)). Consent and legitimate interest come with the first row that
/// needs them; a consent is never replaced by another basis (`privacy.md` 2.4).
package enum LegalBasis: Sendable {
    /// Art. 6(1)(b). An institution with a public task puts (e) in its place by a decision record.
    case contract
    /// Art. 6(1)(c): security of processing, Art. 32.
    case legalObligation
}
