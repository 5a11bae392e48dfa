/// The official vector files of the group protocol, recognised by the names in their first case.
package enum VectorFormat: CaseIterable, Sendable {
    case cryptoBasics
    case deserialization
    case keySchedule
    case messageProtection
    case messages
    case passiveClient
    case pskSecret
    case secretTree
    case transcriptHashes
    case treeMath
    case treeOperations
    case treeValidation
    case treeKEM
    case welcome
    case hpke

    /// A name that only this format has.
    private var mark: StaticString {
        switch self {
        case .cryptoBasics: "ref_hash"
        case .deserialization: "vlbytes_header"
        case .keySchedule: "initial_init_secret"
        case .messageProtection: "proposal_priv"
        case .messages: "mls_welcome"
        case .passiveClient: "initial_epoch_authenticator"
        case .pskSecret: "psk_secret"
        case .secretTree: "leaves"
        case .transcriptHashes: "interim_transcript_hash_before"
        case .treeMath: "n_leaves"
        case .treeOperations: "tree_before"
        case .treeValidation: "tree_hashes"
        case .treeKEM: "update_paths"
        case .welcome: "signer_pub"
        case .hpke: "kem_id"
        }
    }

    /// The format of a file with these cases.
    package init?(_ cases: [VectorValue]) {
        guard let first = cases.first,
            let format = Self.allCases.first(where: { first.has($0.mark) })
        else { return nil }
        self = format
    }

    /// Tries one case; a key schedule answers for each of its epochs. What throws does not hold.
    package func run<Crypto: CryptoProvider>(_ vector: VectorValue, _ provider: Crypto) -> [VectorOutcome] {
        do throws(E2EEError) {
            switch self {
            case .cryptoBasics: return [try CryptoVectors(vector, provider).basics()]
            case .deserialization: return [try CodecVectors.header(vector)]
            case .keySchedule: return try ScheduleVectors(vector, provider).keySchedule()
            case .messageProtection: return [try MessageVectors(vector, provider).protection()]
            case .messages: return [try CodecVectors.messages(vector)]
            case .passiveClient: return [try PassiveVectors(vector, provider).passive()]
            case .pskSecret: return [try ScheduleVectors(vector, provider).pskSecret()]
            case .secretTree: return [try ScheduleVectors(vector, provider).secretTree()]
            case .transcriptHashes: return [try ScheduleVectors(vector, provider).transcript()]
            case .treeMath: return [try TreeVectors<Crypto>.math(vector)]
            case .treeOperations: return [try TreeVectors(vector, provider).operations()]
            case .treeValidation: return [try TreeVectors(vector, provider).validation()]
            case .treeKEM: return [try TreeKEMVectors(vector, provider).treeKEM()]
            case .welcome: return [try MessageVectors(vector, provider).welcome()]
            case .hpke: return [try CryptoVectors<Crypto>.hpke(vector, provider)]
            }
        } catch {
            return [.fails]
        }
    }
}
