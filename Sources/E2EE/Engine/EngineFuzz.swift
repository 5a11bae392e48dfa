/// What a client reads of its server, of other members and of its page, apart from the group's own messages, as a function for a
/// fuzzer: it takes anything and never traps. A round trip that does not hold traps on purpose.
public enum EngineFuzz {
    /// How many sorts `part` knows.
    public static var sorts: Int { 29 }

    /// Any frame or message; the first byte chooses it.
    public static func part(_ bytes: Span<UInt8>) {
        guard let first = bytes.isEmpty ? nil : bytes[0] else { return }
        let rest = bytes.extracting(1..<bytes.count).copied()
        switch Int(first) % self.sorts {
        case 0: self.frame(rest)
        case 1: self.roundTrip(DataFrame.self, rest)
        case 2: self.roundTrip(LobbyFrame.self, rest)
        case 3: self.roundTrip(AppMessage.self, rest)
        case 4: self.roundTrip(Beacon.self, rest)
        case 5: self.roundTrip(RosterBody.self, rest)
        case 6: self.roundTrip(CompareStart.self, rest)
        case 7: self.roundTrip(CompareNonce.self, rest)
        case 8: self.roundTrip(CompareReveal.self, rest)
        case 9: self.roundTrip(EngineCommand.self, rest)
        case 10: self.roundTrip(EngineConfig.self, rest)
        case 11: self.roundTrip(SignedProfile.self, rest)
        case 12: self.roundTrip(Passes.self, rest)
        case 13: self.roundTrip(InviteUpdate.self, rest)
        case 14: self.roundTrip(FreshnessChallenge.self, rest)
        case 15: self.roundTrip(FreshnessResponse.self, rest)
        case 24: self.roundTrip(DraftOrder.self, rest)
        case 25: _ = try? PersonalOrder(rest)
        case 26: _ = try? ServiceOrder(rest)
        case 27: self.roundTrip(ConsentStatement.self, rest)
        case 28: self.roundTrip(ServiceJob.self, rest)
        default: self.said(Int(first) % self.sorts, rest)
        }
    }

    /// What people say to each other.
    private static func said(_ sort: Int, _ bytes: [UInt8]) {
        switch sort {
        case 16: self.roundTrip(Chat.self, bytes)
        case 17: self.roundTrip(ChatChange.self, bytes)
        case 18: self.roundTrip(Reaction.self, bytes)
        case 19: self.roundTrip(Hand.self, bytes)
        case 20: self.roundTrip(Direct.self, bytes)
        case 21: self.roundTrip(Moderation.self, bytes)
        case 22:
            self.roundTrip(Spotlight.self, bytes)
            self.roundTrip(Caption.self, bytes)
        default: self.roundTrip(LobbyKeyShare.self, bytes)
        }
    }

    private static func roundTrip<Value: TLSStruct>(_: Value.Type, _ bytes: [UInt8]) {
        guard let value = try? Value(decoding: bytes) else { return }
        precondition(value.encoded == bytes, "one spelling only")
    }

    private static func frame(_ bytes: [UInt8]) {
        guard let frame = try? Frame(decoding: bytes) else { return }
        precondition(frame.encoded == bytes, "one spelling only")
        if let said = try? ServerFrame(frame) {
            precondition(said.frame(request: frame.request) == bytes, "one spelling only")
        }
        if let said = try? ClientFrame(frame) {
            precondition(said.frame(request: frame.request) == bytes, "one spelling only")
        }
    }
}
