import E2EE
import Testing

@Suite("Limits, before the work they are there to bound")
struct CommitLimitTests {
    @Test("128 Adds and 512 removals are the most, and no signature is verified of a Commit with more")
    func counts() throws {
        let crypto = TwistedProvider()
        let own = try keyPackage("creator", .x25519AES)
        let creator = TwistedMember(try Group(creating: [1], own, crypto), crypto)
        let newcomers = try (0..<129).map { try keyPackage("member \($0)", .x25519AES) }
        let before = crypto.verified
        func refusal(_ proposals: [Proposal]) -> E2EEError? {
            var plan = CommitPlan()
            plan.proposals = proposals
            do throws(E2EEError) {
                _ = try creator.group.commit(plan)
                return nil
            } catch {
                return error
            }
        }
        let limit = E2EEError(.validation, .limit)
        #expect(refusal(newcomers.map(add)) == limit)
        #expect(refusal((0..<513).map { remove($0) }) == limit)
        let keys = (0..<1_025).map { _ in
            Proposal.preSharedKey(
                PreSharedKey(psk: PreSharedKeyID(name: .external([1]), nonce: counting(from: 0, 32))))
        }
        #expect(refusal(keys) == limit)
        #expect(crypto.verified == before)
        #expect(refusal((0..<512).map { remove($0) }) == E2EEError(.validation, .proposalList))
        #expect(refusal(newcomers.dropLast().map(add)) == nil)
        #expect(crypto.verified == before + 256, "two for each newcomer")
    }

    @Test("a Commit of more than a mebibyte is followed by nobody")
    func bytes() throws {
        let circle = try Circle(.x25519AES, count: 2)
        var plan = CommitPlan()
        plan.authenticatedData = [UInt8](repeating: 0, count: CommitLimits.byteCount)
        let long = try circle.members[0].group.commit(plan).message
        #expect(circle.members[1].refusal(long) == E2EEError(.validation, .limit))
        plan.authenticatedData.removeLast(4_096)
        try circle.commit(by: circle.members[0], plan)
    }

    @Test("a leaf says no more about itself than anybody has to say")
    func leaves() throws {
        let circle = try Circle(.x25519AES, count: 1)
        func refusal(_ change: (inout LeafIdentity) -> Void) throws -> E2EEError? {
            var identity = try identity("talkative", .x25519AES)
            change(&identity)
            var plan = CommitPlan()
            plan.proposals = [
                add(try OwnKeyPackage(.x25519AES, identity, Lifetime(notBefore: 0, notAfter: 9), native))
            ]
            do throws(E2EEError) {
                _ = try circle.members[0].group.commit(plan)
                return nil
            } catch {
                return error
            }
        }
        let many = (0..<256).map { UInt16(0x8000 + $0) }
        #expect(try refusal { $0.capabilities.extensions = many } == nil)
        #expect(try refusal { $0.capabilities.extensions = many + [1] } == E2EEError(.validation, .limit))
        #expect(try refusal { $0.capabilities.proposals += many } == E2EEError(.validation, .limit))
        #expect(try refusal { $0.capabilities.credentials += many } == E2EEError(.validation, .limit))
        let extensions = (many + [1]).map { Extension(type: $0, data: []) }
        #expect(try refusal { $0.extensions = extensions } == E2EEError(.validation, .limit))
    }

    @Test("a group does not ask its members for more than a leaf may say")
    func required() throws {
        let circle = try Circle(.x25519AES, count: 1)
        func refusal(_ count: Int) throws -> E2EEError? {
            let required = RequiredCapabilities(
                extensionTypes: [UInt16](repeating: 0xF0B2, count: count), proposalTypes: [], credentialTypes: [])
            var plan = CommitPlan()
            plan.proposals = [
                .groupContextExtensions(
                    GroupContextExtensions(extensions: [Extension(type: 3, data: required.encoded)]))
            ]
            do throws(E2EEError) {
                _ = try circle.members[0].group.commit(plan)
                return nil
            } catch {
                return error
            }
        }
        #expect(try refusal(256) == nil)
        #expect(try refusal(257) == E2EEError(.validation, .limit))
    }

    @Test("a tree has 1,024 leaves at most")
    func tree() throws {
        let leaf = try #require(try Circle(.x25519AES, count: 1).members[0].group.tree.leaf(0))
        func decode(_ index: Int) throws -> RatchetTree {
            let nodes = [UInt8](repeating: 0, count: 2 * index) + [1] + Node.leaf(leaf).encoded
            return try RatchetTree(
                decoding: [0x40 | UInt8(nodes.count >> 8), UInt8(nodes.count & 0xFF)] + nodes)
        }
        #expect(try decode(1_023).leafCount == 1_024)
        #expect(throws: E2EEError(.codec, .malformed)) { _ = try decode(1_024) }
    }
}
