//! The environment variables that the program reads, for `--help`, the man pages and `docs/environment.md`. A test compares this table with
//! the source; the tests of the book compare it with the document.

/// One variable, or several that belong together.
pub struct EnvironmentVariable {
    /// Its name, e.g. `BLOBFREIGHT_LOG`.
    pub name: &'static str,
    /// What it does.
    pub meaning: &'static str,
}

const fn variable(name: &'static str, meaning: &'static str) -> EnvironmentVariable {
    EnvironmentVariable { name, meaning }
}

/// All of them, the program's own first.
pub const ENVIRONMENT: &[EnvironmentVariable] = &[
    variable("BLOBFREIGHT_CONFIG", "The configuration file, in place of the usual one"),
    variable("BLOBFREIGHT_DATA_DIR", "The folder of drafts and keys, in place of the usual one"),
    variable("BLOBFREIGHT_STATE_DIR", "The folder of the log and of interrupted work, in place of the usual one"),
    variable("BLOBFREIGHT_LOG", "Level of the log: off, error, warn (usual), info, debug or trace"),
    variable("BLOBFREIGHT_RECORD", "Record the messages of a session, without secrets, in this new file"),
    variable("BLOBFREIGHT_PLAIN", "1: ask on lines instead of drawing a screen; 0: draw in any case"),
    variable("BLOBFREIGHT_ASCII", "1: draw with ASCII characters only; 0: draw with all"),
    variable("BLOBFREIGHT_NO_MOTION", "1: let nothing move on the screen"),
    variable("BLOBFREIGHT_CLIENT_ID", "Id of the application that people sign in to"),
    variable("BLOBFREIGHT_COMPLETE", "Set by the script of `completions`: complete a command line"),
    variable("AZURE_STORAGE_ACCOUNT", "Name of the account that `scan` counts"),
    variable("AZURE_STORAGE_KEY", "Key of the account that --blob-endpoint or `scan` opens"),
    variable("AZURE_STORAGE_SAS_TOKEN", "Shared access signature, in place of the key"),
    variable("AZURE_STORAGE_CONNECTION_STRING", "Connection string, in place of the key and the address"),
    variable("AZURE_TENANT_ID", "For --sign-in environment and workload: the tenant"),
    variable("AZURE_CLIENT_ID", "For the same, and for --sign-in managed: the application"),
    variable("AZURE_CLIENT_SECRET", "For --sign-in environment: the secret of the application"),
    variable("AZURE_FEDERATED_TOKEN_FILE", "For --sign-in workload: the file with the token"),
    variable("HTTPS_PROXY", "The proxy for all requests; also https_proxy, ALL_PROXY and all_proxy"),
    variable("NO_PROXY", "Hosts that are asked without a proxy; also no_proxy"),
    variable("BROWSER", "The browser that signing in opens"),
    variable("VISUAL", "The editor of `config edit`; after it EDITOR"),
    variable("NO_COLOR", "Set to anything: no colours"),
    variable("COLORTERM", "Set to anything: the terminal has more than 16 colours"),
    variable("COLORFGBG", "The colours of a terminal that does not answer when it is asked"),
    variable("TERM", "The kind of terminal; dumb: ask on lines"),
    variable("LC_ALL", "With LC_CTYPE and LANG: draw with ASCII where the character set is not UTF-8"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::cli::job_exec;

    /// Every word of the sources that begins as the program's own variables do.
    fn named_in(folder: &Path, names: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                named_in(&path, names);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            for rest in text.split("BLOBFREIGHT_").skip(1) {
                let end: String = rest.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
                names.insert(format!("BLOBFREIGHT_{end}"));
            }
        }
    }

    #[test]
    fn every_variable_of_the_program_is_in_the_table() {
        let mut named = BTreeSet::new();
        named_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut named);
        named.remove("BLOBFREIGHT_");
        for name in named {
            let is_read = ENVIRONMENT.iter().any(|variable| variable.name == name);
            assert!(is_read || job_exec::HELP.contains(&name), "{name} is in no table");
        }
    }
}
