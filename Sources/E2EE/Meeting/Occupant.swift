/// A member as the rules of a meeting see it.
package struct Occupant: Equatable, Sendable {
    /// Its leaf.
    package let index: UInt32
    package let leafNode: LeafNode
    /// Its `beraad_leaf`; nothing when there is none that can be read.
    package let profile: BeraadLeaf?

    /// Reads what the leaf says about itself.
    package init(_ index: UInt32, _ leafNode: LeafNode) {
        self.index = index
        self.leafNode = leafNode
        self.profile = BeraadLeaf(of: leafNode)
    }

    var key: [UInt8] { self.leafNode.signatureKey }
    /// Whether it is a recorder, stream, captions or gateway.
    package var isService: Bool { self.profile?.service != nil }
}

extension BeraadLeaf {
    /// The extension of a leaf: exactly one, and nothing beside it.
    package init?(of leafNode: LeafNode) {
        guard leafNode.extensions.count == 1, let only = leafNode.extensions.first,
            only.type == MeetingProfile.leafExtension
        else { return nil }
        do throws(E2EEError) { try self.init(decoding: only.data) } catch { return nil }
    }
}
