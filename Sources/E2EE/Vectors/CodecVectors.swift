internal import Wire

/// `deserialization` and `messages`: what is read writes the same bytes.
enum CodecVectors {
    static func header(_ vector: VectorValue) throws(E2EEError) -> VectorOutcome {
        let header = try vector.bytes("vlbytes_header")
        let length = Int(truncatingIfNeeded: try vector.number("length"))
        do throws(WireError) {
            var reader = ByteReader(header.rawSpan)
            let read = try reader.varint()
            var writer = ByteWriter()
            writer.varint(length)
            return read == length && reader.isAtEnd && writer.bytes == header ? .holds : .fails
        } catch {
            throw E2EEError(.codec, .malformed)
        }
    }

    static func messages(_ vector: VectorValue) throws(E2EEError) -> VectorOutcome {
        let whole: [StaticString] = [
            "mls_welcome", "mls_group_info", "mls_key_package", "public_message_application",
            "public_message_proposal", "public_message_commit", "private_message",
        ]
        for name in whole { guard try self.isSame(MLSMessage.self, vector, name) else { return .fails } }
        let tree = try vector.bytes("ratchet_tree")
        guard try RatchetTree(decoding: tree).encoded == tree else { return .fails }
        guard try self.isSame(GroupSecrets.self, vector, "group_secrets"),
            try self.isSame(Add.self, vector, "add_proposal"),
            try self.isSame(Update.self, vector, "update_proposal"),
            try self.isSame(Remove.self, vector, "remove_proposal"),
            try self.isSame(PreSharedKey.self, vector, "pre_shared_key_proposal"),
            try self.isSame(ReInit.self, vector, "re_init_proposal"),
            try self.isSame(ExternalInit.self, vector, "external_init_proposal"),
            try self.isSame(GroupContextExtensions.self, vector, "group_context_extensions_proposal"),
            try self.isSame(Commit.self, vector, "commit")
        else { return .fails }
        return .holds
    }

    private static func isSame<Value: TLSStruct>(
        _: Value.Type, _ vector: VectorValue, _ name: StaticString
    ) throws(E2EEError) -> Bool {
        let bytes = try vector.bytes(name)
        return try Value(decoding: bytes).encoded == bytes
    }
}
