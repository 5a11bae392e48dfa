import E2EE
import Testing

@Suite("Under which number a refusal travels (e2ee.md 4.2, fault codes)")
struct FaultCodeTests {
    @Test("what everybody finds has a number that takes a Commit back, and what one member finds has not")
    func refusals() {
        let cells: [(E2EEError.Reason, FaultCode)] = [
            (.signature, .signature), (.treeHash, .tree), (.tree, .tree), (.leafNode, .tree), (.keyReuse, .tree),
            (.capabilities, .tree), (.unusableKey, .tree), (.parentHash, .parentHash), (.updatePath, .pathDecrypt),
            (.authentication, .pathDecrypt), (.pathShape, .path), (.sender, .sender), (.preSharedKey, .psk),
            (.keyPackage, .leafProfile), (.limit, .limit), (.proposalList, .proposalList),
            (.extensions, .proposalList), (.unknown, .proposalList), (.malformed, .proposalList),
            (.wrongEpoch, .frame), (.own, .frame),
        ]
        for (reason, code) in cells {
            #expect(FaultCode(refusal: E2EEError(.validation, reason)) == code)
            #expect(code.isDeterministic == (code != .pathDecrypt))
        }
        #expect(FaultCode(refusal: E2EEError(.validation, .tag)) == .membership)
        #expect(FaultCode(refusal: E2EEError(.validation, .tag, leaf: 3)) == .confirmation)
    }

    @Test("the numbers are those of the specification, and a bad list of proposals has the next one")
    func numbers() {
        #expect(FaultCode.sender.rawValue == 1 && FaultCode.unknownType.rawValue == 23)
        #expect(FaultCode.signature.rawValue == 64 && FaultCode.frame.rawValue == 73)
        #expect(FaultCode.proposalList.rawValue == 74)
    }
}
