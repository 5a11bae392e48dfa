internal import GRDB

/// Changes of the tables, oldest first; none is ever altered once it was released. The SQL is the part that SQLite and
/// PostgreSQL have in common: `BYTEA` and `BIGINT` are types of the one and mere names to the other, and lengths are
/// checked where the types do not.
enum Migrations {
    /// Each is done as a whole or not at all.
    static let all: [[String]] = [Self.accounts]

    private static let accounts = [
        """
        CREATE TABLE account (
            id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
            email_hash BYTEA NOT NULL UNIQUE CHECK (length(email_hash) = 32),
            email BYTEA NOT NULL,
            name BYTEA NOT NULL,
            password BYTEA NOT NULL,
            roles BIGINT NOT NULL CHECK (roles > 0),
            renewed_at BIGINT
        )
        """,
        """
        CREATE TABLE second_step (
            account BYTEA NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
            secret BYTEA NOT NULL,
            used_step BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE recovery_code (
            code_hash BYTEA NOT NULL PRIMARY KEY CHECK (length(code_hash) = 32),
            account BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE
        )
        """,
        "CREATE INDEX recovery_code_by_account ON recovery_code (account)",
        """
        CREATE TABLE passkey (
            id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
            account BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            credential_hash BYTEA NOT NULL UNIQUE CHECK (length(credential_hash) = 32),
            credential BYTEA NOT NULL,
            public_key BYTEA NOT NULL,
            sign_count BIGINT NOT NULL
        )
        """,
        "CREATE INDEX passkey_by_account ON passkey (account)",
        """
        CREATE TABLE session (
            token_hash BYTEA NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
            account BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            made_at BIGINT NOT NULL,
            used_at BIGINT NOT NULL,
            confirmed_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX session_by_account ON session (account)",
        """
        CREATE TABLE link (
            token_hash BYTEA NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
            kind TEXT NOT NULL CHECK (kind IN ('setUp', 'invitation', 'renewal', 'recovery')),
            account BYTEA REFERENCES account (id) ON DELETE CASCADE,
            made_by BYTEA REFERENCES account (id) ON DELETE CASCADE,
            roles BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            refused BIGINT NOT NULL
        )
        """,
        "CREATE INDEX link_by_account ON link (account)",
        "CREATE INDEX link_by_maker ON link (made_by)",
        """
        CREATE TABLE planned_meeting (
            id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
            owner BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            card BYTEA CHECK (length(card) <= 8192),
            starts_at BIGINT NOT NULL,
            minutes BIGINT NOT NULL,
            profile TEXT NOT NULL,
            token_hash BYTEA NOT NULL CHECK (length(token_hash) = 32),
            registration BYTEA CHECK (length(registration) <= 65536)
        )
        """,
        "CREATE INDEX planned_meeting_by_owner ON planned_meeting (owner)",
        "CREATE TABLE key_to_destroy (subject BYTEA NOT NULL PRIMARY KEY CHECK (length(subject) = 16))",
        "CREATE TABLE clock (seen_at BIGINT NOT NULL)",
        "INSERT INTO clock (seen_at) VALUES (0)",
    ]

    /// Brings a database up to this release.
    static func run(on queue: DatabaseQueue) throws {
        try queue.write { db in
            try db.execute(sql: "CREATE TABLE IF NOT EXISTS migration (number BIGINT NOT NULL PRIMARY KEY)")
        }
        for (index, statements) in Self.all.enumerated() {
            try queue.write { db in
                guard try Self.done(db) == index else { return }
                for statement in statements { try db.execute(sql: statement) }
                try db.execute(sql: "INSERT INTO migration (number) VALUES (?)", arguments: [index + 1])
            }
        }
        guard try queue.read(Self.done) == Self.all.count else { throw StorageFailure.tooNew }
    }

    private static func done(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM migration") ?? 0
    }
}
