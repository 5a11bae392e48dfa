extension FaultCode {
    /// The number under which a refusal of the core travels. What everybody finds who reads the same message in the same
    /// epoch has a number of its own, and `pathDecrypt` is only what went wrong for one reader: the service takes a Commit
    /// back for the former and never for the latter (`e2ee.md` 5, Void).
    package init(refusal error: E2EEError) {
        switch error.reason {
        case .signature: self = .signature
        // A membership tag is looked at before anybody is known to be the author; a confirmation tag has its committer.
        case .tag: self = error.leaf == nil ? .membership : .confirmation
        case .treeHash, .tree, .leafNode, .keyReuse, .capabilities, .unusableKey: self = .tree
        case .parentHash: self = .parentHash
        case .updatePath, .authentication: self = .pathDecrypt
        case .pathShape: self = .path
        case .sender: self = .sender
        case .preSharedKey: self = .psk
        case .keyPackage: self = .leafProfile
        case .limit: self = .limit
        // The list itself, what stands in it, a proposal in it that nobody heard, an ExternalInit that does not open.
        case .proposalList, .extensions, .unknown, .malformed, .unsupported, .primitive, .length: self = .proposalList
        case .randomness, .wornOut, .tooLong, .wrongGroup, .wrongEpoch, .generation, .ahead, .closed, .own:
            self = .frame
        }
    }
}
