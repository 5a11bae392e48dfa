/// What somebody does in a meeting that its policy leaves to some.
package enum MemberAct: Equatable, Sendable {
    /// Write to everybody.
    case chat
    /// Write to somebody of this standing alone.
    case write(to: Standing)
    /// Send a file along.
    case sendFile
    case react
    case raiseHand
    /// Have another name than at first.
    case rename
    case speak
    case showCamera
    case shareScreen
    /// Ask something of somebody's devices, take back what somebody wrote, say who is shown large.
    case moderate
    /// Write down what somebody says aloud.
    case caption
}

extension FeatureSet {
    /// Whether whoever has this standing may do something where these features are on. **The one answer**: by it we send, and by
    /// it we believe what others send.
    package func lets(_ standing: Standing, _ act: MemberAct) -> Bool {
        // A machine has its own kinds of messages: a telephone its voice, a captioner what it understood.
        guard !standing.role.isService else {
            return (act == .speak && standing.role == .gateway) || (act == .caption && standing.role == .captions)
        }
        return switch act {
        case .chat: self.contains(.chat) || (self.contains(.hostsChat) && standing.leads)
        // A host can always be asked something, and can always say something to one person (`client.md` 2, "Hosts").
        case .write(let other): self.contains(.direct) || standing.leads || other.leads
        case .sendFile: self.contains(.files)
        case .react: self.contains(.reactions)
        case .raiseHand: true
        case .rename: self.contains(.rename) || standing.leads
        case .speak: self.contains(.microphone) || standing.leads
        case .showCamera: self.contains(.camera) || standing.leads
        case .shareScreen: self.contains(.screen) || (self.contains(.hostsScreen) && standing.leads)
        case .moderate: standing.rights.contains(.moderate)
        case .caption: false
        }
    }
}
