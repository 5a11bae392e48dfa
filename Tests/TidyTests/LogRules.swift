/// What a log line of the server may not hold. The type system keeps `Redacted` values closed; this reads the calls
/// themselves, so that nobody unwraps one on the way.
enum LogRules {
    /// Words that name something about a person, a link or a key.
    static let forbidden: Set<String> = [
        "address", "addresses", "ip", "host", "port", "ufrag", "pwd", "password", "passcode", "fingerprint", "key",
        "keys", "secret", "token", "name", "profile", "fragment", "invite", "link", "sender", "participant", "path",
        "url", "uri", "query", "header", "headers", "body", "message", "candidate", "candidates", "description",
    ]

    /// Every log call whose interpolations or metadata say a forbidden word outside `Redacted`.
    static func check(_ file: Repository.File) -> [Finding] {
        let code = file.codeLines
        return code.indices.flatMap { index -> [Finding] in
            guard
                let start = code[index].text.firstRange(
                    of:
                        #/(?:\b(?:log|logger)\??\.(?:trace|debug|info|notice|warning|error|critical)|\b(?:print|NSLog|os_log))\(/#
                )
            else { return [] }
            let rest =
                ([String(code[index].text[start.lowerBound...])]
                + code[(index + 1)...].prefix(12).map { String($0.text) })
                .joined(separator: "\n")
            return Self.words(in: Self.values(in: Self.call(rest))).intersection(Self.forbidden).sorted().map {
                Finding(path: file.path, line: code[index].number, what: "logs \($0)")
            }
        }
    }

    /// The text up to the bracket that closes the first one.
    private static func call(_ text: String) -> Substring {
        var depth = 0
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            if text[index] == ")", depth == 0 { return text[...index] }
        }
        return text[...]
    }

    /// What goes into the line beside its fixed words: interpolations, and everything outside string literals.
    private static func values(in call: Substring) -> String {
        var values = call.matches(of: #/\\\((?<value>[^"]*?)\)/#).map { String($0.value) }
        values.append(String(call).replacing(#/"[^"]*"/#, with: " "))
        return values.joined(separator: " ").replacing(#/Redacted(?:<\w+>)?\([^)]*\)/#, with: " ")
    }

    /// `remoteAddress` holds the words remote and address.
    private static func words(in text: String) -> Set<String> {
        Set(text.matches(of: #/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/#).map { $0.output.lowercased() })
    }
}
