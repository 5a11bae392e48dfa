package import Redaction

/// Signs somebody in by password.
package struct SignIn: Equatable, Sendable {
    /// As it was typed.
    package var email: Redacted<String>
    /// As it was typed.
    package var password: Redacted<String>

    /// Signs somebody in.
    package init(email: Redacted<String>, password: Redacted<String>) {
        self.email = email
        self.password = password
    }
}

extension SignIn: RecordBody {
    static let record = Record<Self>(
        "SignIn", Self.init, .required("email", \.email, .redacted(AccountLimits.email)),
        .required("password", \.password, .redacted(AccountLimits.password)))
}

/// The password was right, and a code is needed as well.
package struct SecondStep: Equatable, Sendable {
    /// For the answer.
    package var step: StepToken

    /// A code is needed.
    package init(step: StepToken) { self.step = step }
}

extension SecondStep: RecordBody {
    static let record = Record<Self>("SecondStep", Self.init, .required("step", \.step, .id))
}

/// The code of an app, or a recovery code.
package struct SecondStepAnswer: Equatable, Sendable {
    /// From the answer to the password.
    package var step: StepToken
    /// As it was typed.
    package var code: Redacted<String>

    /// The code that is needed as well.
    package init(step: StepToken, code: Redacted<String>) {
        self.step = step
        self.code = code
    }
}

extension SecondStepAnswer: RecordBody {
    static let record = Record<Self>(
        "SecondStepAnswer", Self.init, .required("step", \.step, .id),
        .required("code", \.code, .redacted(AccountLimits.code)))
}
