//! A step in the words of one database.

use sea_orm_migration::sea_orm::DbBackend;

/// The canary's student and person: what they leave behind may be swept.
const CANARY: [(&str, &str); 2] =
    [("{canary_student}", "ca9a7100000080008000000000000005"), ("{canary_person}", "ca9a7100000080008000000000000006")];

/// Splits a step into statements. A line `{append_only TABLE: ROWS}` keeps those rows of a table for good: the database
/// itself refuses to change them or to take them away.
pub(crate) fn statements(sql: &str, backend: DbBackend) -> Vec<String> {
    let mut kept = Vec::new();
    let mut plain = String::new();
    for line in sql.lines().map(|l| l.split("--").next().unwrap_or_default().trim_end()) {
        match line.strip_prefix("{append_only ").and_then(|l| l.strip_suffix('}')).and_then(|l| l.split_once(": ")) {
            Some((table, rows)) => kept.extend(append_only(table, &worded(rows, backend), backend)),
            None => {
                plain.push_str(line);
                plain.push('\n');
            }
        }
    }
    let parts = worded(&plain, backend);
    parts.split(';').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).chain(kept).collect()
}

fn worded(sql: &str, backend: DbBackend) -> String {
    let postgres = backend == DbBackend::Postgres;
    let (uuid, new, clustered) =
        if postgres { ("UUID", "gen_random_uuid()", "") } else { ("BLOB", "randomblob(16)", " WITHOUT ROWID") };
    let sql = sql.replace("{uuid}", uuid).replace("{new_uuid}", new).replace("{clustered}", clustered);
    let sql = sql.replace("{bytes}", if postgres { "BYTEA" } else { "BLOB" });
    // An id as it stands in a text.
    let (open, end) = if postgres { ("encode(uuid_send(", "), 'hex')") } else { ("lower(hex(", "))") };
    let sql = sql.replace("{hex(", open).replace(")hex}", end);
    CANARY.iter().fold(sql, |sql, (name, id)| {
        sql.replace(name, &if postgres { format!("'{id}'::uuid") } else { format!("X'{id}'") })
    })
}

fn append_only(table: &str, rows: &str, backend: DbBackend) -> Vec<String> {
    if backend == DbBackend::Postgres {
        return vec![
            format!(
                "CREATE FUNCTION {table}_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                 IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION '{table} is append-only'; END IF; \
                 IF {rows} THEN RAISE EXCEPTION '{table} is append-only'; END IF; \
                 IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
            ),
            format!(
                "CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW \
                 EXECUTE FUNCTION {table}_is_kept()"
            ),
            format!(
                "CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT \
                 EXECUTE FUNCTION {table}_is_kept()"
            ),
        ];
    }
    let trigger = |verb: &str| {
        let name = verb.to_lowercase();
        format!(
            "CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} WHEN {rows} \
             BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    };
    vec![trigger("UPDATE"), trigger("DELETE")]
}
