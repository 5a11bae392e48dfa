import E2EE
import Testing

@Suite("Who may do what where it is switched on, and where it is not")
struct MemberActTests {
    private let guest = Standing(role: .participant, rights: [])
    private let cohost = Standing(role: .cohost, rights: Role.cohost.rightsMax)
    private let host = Standing(role: .host, rights: Role.host.rightsMax)
    private let acting = Standing(role: .cohost, rights: .acting, isActing: true)

    private var leaders: [Standing] { [self.cohost, self.host, self.acting] }

    @Test("chat and screen are for everybody, or for whoever leads, or for nobody")
    func threeWays() {
        let ways: [(MemberAct, FeatureSet, FeatureSet)] = [
            (.chat, .chat, .hostsChat), (.shareScreen, .screen, .hostsScreen),
        ]
        for (act, all, hosts) in ways {
            for features in [all, [all, hosts]] as [FeatureSet] {
                for standing in self.leaders + [self.guest] { #expect(features.lets(standing, act)) }
            }
            #expect(!hosts.lets(self.guest, act) && self.leaders.allSatisfy { hosts.lets($0, act) })
            for standing in self.leaders + [self.guest] { #expect(!FeatureSet().lets(standing, act)) }
        }
    }

    @Test("who leads may always speak, show themselves, and be called something else; the others where they may")
    func always() {
        for (act, feature) in [(.speak, .microphone), (.showCamera, .camera), (.rename, .rename)]
            as [(MemberAct, FeatureSet)]
        {
            #expect(feature.lets(self.guest, act) && !FeatureSet().lets(self.guest, act))
            for standing in self.leaders { #expect(FeatureSet().lets(standing, act)) }
        }
    }

    @Test("files and reactions are for all or for none, a hand for everybody, and moderating is a right")
    func others() {
        for (act, feature) in [(.sendFile, .files), (.react, .reactions)] as [(MemberAct, FeatureSet)] {
            for standing in self.leaders + [self.guest] {
                #expect(feature.lets(standing, act) && !FeatureSet().lets(standing, act))
            }
        }
        #expect(FeatureSet().lets(self.guest, .raiseHand))
        #expect(!FeatureSet.known.lets(self.guest, .moderate))
        for standing in self.leaders { #expect(FeatureSet().lets(standing, .moderate)) }
        let few = Standing(role: .cohost, rights: [.admit])
        #expect(!FeatureSet.known.lets(few, .moderate))
    }

    @Test("guests write to each other alone where that is on; with a host one can always, both ways")
    func alone() {
        #expect(FeatureSet.direct.lets(self.guest, .write(to: self.guest)))
        #expect(!FeatureSet().lets(self.guest, .write(to: self.guest)))
        for standing in self.leaders {
            #expect(FeatureSet().lets(self.guest, .write(to: standing)))
            #expect(FeatureSet().lets(standing, .write(to: self.guest)))
        }
    }

    @Test("a machine says nothing of what people say; a telephone has a voice, and a captioner captions")
    func machines() {
        let acts: [MemberAct] = [
            .chat, .write(to: self.guest), .sendFile, .react, .raiseHand, .rename, .showCamera, .shareScreen, .moderate,
        ]
        for role in [Role.recorder, .stream, .captions, .gateway] {
            let machine = Standing(role: role, rights: [])
            for act in acts { #expect(!FeatureSet.known.lets(machine, act)) }
            #expect(FeatureSet.known.lets(machine, .speak) == (role == .gateway))
            #expect(FeatureSet().lets(machine, .caption) == (role == .captions))
        }
        for standing in self.leaders + [self.guest] { #expect(!FeatureSet.known.lets(standing, .caption)) }
    }

    @Test("a meeting begins with what its profile says, and a host opens the rest")
    func atFirst() {
        let first = FeatureSet.coaching.atFirst
        #expect(first.isSuperset(of: [.chat, .reactions, .rename, .microphone, .camera, .hostsScreen]))
        #expect(first.isDisjoint(with: [.direct, .files, .screen]))
        #expect(FeatureSet.coaching.isSuperset(of: [.direct, .files, .screen]))
        #expect(FeatureSet([.chat, .screen]).atFirst == [.chat, .screen], "without hosts' own it is everybody's")
        #expect(FeatureSet.coaching.isSubset(of: .known))
    }
}
