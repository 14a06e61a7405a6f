//! A command that gets no connection says what stands in the way: a proxy, or the kind of a refused certificate.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;

const KEY: &str = "bm8ga2V5";

/// What `blobfreight scan` says of an endpoint that it does not reach.
fn said(endpoint: &str, environment: &[(&str, &str)]) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
    command.args(["scan", "--all", "--drives", "4TB", "--blob-endpoint", endpoint]).env_clear();
    command.env("AZURE_STORAGE_KEY", KEY).envs(environment.iter().copied());
    command.env("BLOBFREIGHT_CONFIG", home.path().join("config.toml"));
    fs::write(home.path().join("config.toml"), "").unwrap();
    command.env("BLOBFREIGHT_DATA_DIR", home.path()).env("BLOBFREIGHT_STATE_DIR", home.path());
    let output = command.stdin(std::process::Stdio::null()).output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

/// A proxy that answers every request with this; gives its port.
fn proxy(answer: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (mut head, mut piece) = (Vec::new(), [0; 4096]);
            // A request that was not read to its end would be answered with a broken connection. TLS has no such end.
            while !head.ends_with(b"\r\n\r\n") && head.first() != Some(&0x16) {
                match stream.read(&mut piece) {
                    Ok(read) if read > 0 => head.extend_from_slice(&piece[..read]),
                    _ => break,
                }
            }
            let _gone = stream.write_all(answer.as_bytes());
        }
    });
    port
}

/// A port nothing listens at.
fn dead() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_proxy_is_named_as_the_proxy_and_its_password_is_not() {
    let account = "https://acct.blob.core.windows.net";
    let refusing =
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n";
    let closed = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    for (variable, port, words) in [
        ("HTTPS_PROXY", dead(), "refuses connections"),
        ("https_proxy", dead(), "refuses connections"),
        ("ALL_PROXY", dead(), "refuses connections"),
        ("HTTPS_PROXY", proxy(refusing), "wants a sign-in of its own. Set HTTPS_PROXY=http://USER:PASSWORD@127.0.0.1:"),
        ("HTTPS_PROXY", proxy(closed), "does not let this program through to acct.blob.core.windows.net"),
    ] {
        let sentence = said(account, &[(variable, &format!("http://me:geheim@127.0.0.1:{port}"))]);
        assert!(sentence.contains(&format!("the proxy 127.0.0.1:{port} ({variable})")), "{sentence}");
        assert!(sentence.contains(words), "{sentence}");
        assert!(!sentence.contains("geheim") && !sentence.contains("nothing listens"), "{sentence}");
    }
}

#[test]
fn this_machine_is_never_asked_through_a_proxy() {
    let port = dead();
    let sentence = said(&format!("http://127.0.0.1:{port}/acct"), &[("ALL_PROXY", "http://127.0.0.1:9")]);
    assert!(sentence.contains("nothing listens") && !sentence.contains("the proxy 127"), "{sentence}");
}

/// A certificate authority and a server whose certificate `dress` has changed; gives the port and the authority's file.
fn server(names: &[&str], dress: impl Fn(&mut CertificateParams)) -> (u16, tempfile::NamedTempFile) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.distinguished_name.push(DnType::CommonName, format!("authority of {}", names.join(" ")));
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(authority.self_signed(&key).unwrap().pem().as_bytes()).unwrap();
    let issuer = Issuer::new(authority, key);
    let mut params = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap();
    dress(&mut params);
    let own = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&own, &issuer).unwrap().der().clone();
    blobfreight::azure::transport::init();
    let private = PrivateKeyDer::Pkcs8(own.serialize_der().into());
    let config = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], private);
    let config = Arc::new(config.unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = rustls::StreamOwned::new(connection, stream);
            let mut head = [0; 4096];
            if tls.read(&mut head).is_ok() {
                let _gone = tls.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        }
    });
    (port, file)
}

#[test]
fn each_kind_of_refused_certificate_is_one_sentence_with_its_usual_cause() {
    let past = |params: &mut CertificateParams| params.not_after = date_time_ymd(2020, 1, 2);
    let future = |params: &mut CertificateParams| params.not_before = date_time_ymd(2999, 1, 1);
    let plain = |_: &mut CertificateParams| ();
    let expired = server(&["localhost"], past);
    let early = server(&["localhost"], future);
    let other = server(&["wrong.example"], plain);
    let good = server(&["localhost"], plain);
    for ((port, authority), trusted, words, cause) in [
        (&expired, true, "has expired", "clock"),
        (&early, true, "is not valid yet", "clock"),
        (&other, true, "is for another name", "Check the address"),
        (&good, false, "comes from an authority that this machine does not trust", "SSL_CERT_FILE"),
    ] {
        let other_authority = server(&["x.example"], plain).1;
        let file = if trusted { authority.path() } else { other_authority.path() };
        let sentence = said(&format!("https://localhost:{port}/acct"), &[("SSL_CERT_FILE", file.to_str().unwrap())]);
        assert!(sentence.contains(words) && sentence.contains(cause), "{sentence}");
        assert!(sentence.contains(&format!("localhost:{port}")) && sentence.lines().count() == 1, "{sentence}");
    }
    // With its authority trusted the handshake succeeds, and what comes back is the server's own answer.
    let sentence =
        said(&format!("https://localhost:{}/acct", good.0), &[("SSL_CERT_FILE", good.1.path().to_str().unwrap())]);
    assert!(!sentence.contains("certificate"), "{sentence}");
}

#[test]
fn a_server_that_speaks_no_tls_is_said_to_speak_none() {
    let port = proxy("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    let sentence = said(&format!("https://localhost:{port}/acct"), &[]);
    assert!(sentence.contains(&format!("what answers at localhost:{port} does not speak TLS")), "{sentence}");
}
