internal import Wire

extension Delivery {
    /// KeyPackages with which others may add this client: the service reads where each ends, to know its reference.
    mutating func upload(_ packages: [UInt8], _ connection: ConnectionID) throws(DeliveryFailure) {
        guard let line = self.lines[connection], line.gate != .stranger else { throw .denied }
        var references: [KeyPackageReference] = []
        do throws(WireError) {
            var reader = ByteReader(packages.rawSpan)
            while !reader.isAtEnd {
                guard references.count < Line.packagesAtMost else { throw .tooLarge }
                let package = try reader.mlsMessage()
                guard packages[package.lowerBound + 3] == UInt8(MLSNumbers.keyPackage) else { throw .illegalValue }
                references.append(KeyPackageReference(of: Array(packages[package])))
            }
        } catch {
            throw error == .tooLarge ? .tooBig : .malformed
        }
        guard references.allSatisfy({ self.welcomes[$0].map { $0 == connection } ?? true }) else { throw .conflict }
        let knock = self.lobby.knocks[connection]?.reference
        for reference in line.references where reference != knock { self.forget(reference, connection) }
        for reference in references {
            self.lines[connection]?.references.insert(reference)
            self.welcomes[reference] = connection
        }
        self.lines[connection]?.keyPackages = packages
    }
}
