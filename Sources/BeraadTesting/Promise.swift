public import Testing

/// Ties a test to a row of `docs/promises.tsv`.
public struct Promise: TestTrait, SuiteTrait {
    /// The row's id, such as `P-007`.
    public let id: String
}

extension Trait where Self == Promise {
    /// Marks the test or suite as proof of the promise `id`.
    public static func promise(_ id: String) -> Self { Promise(id: id) }
}
