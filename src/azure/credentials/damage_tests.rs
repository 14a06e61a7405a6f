//! Every damage a key, a signature or a connection string suffers in copying, alone and together: it opens the same account.

use azure_core::http::Url;
use proptest::prelude::*;

use super::*;
use crate::azure::model::Access;

/// With two `+`, one `/` and the padding that base64 text of 32 bytes has.
const SIG: &str = "x+Yz0123456789/abcdefghijklmnopqrstuvw+ABCE=";
const SAS: &str = "sv=2023-11-03&ss=b&srt=sco&sp=rl&st=2024-05-06T07%3A08%3A09Z&se=2099-01-01T00%3A00%3A00Z&sip=10.0.0.1-10.0.0.9&spr=https";
const KEY: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

fn signed(text: &str) -> Result<AccountAccess, AccessError> {
    AccountAccess::from_env(Some("https://acct.blob.core.windows.net"), |name| {
        (name == "AZURE_STORAGE_SAS_TOKEN").then(|| text.to_owned())
    })
}

/// The fields of a signature, decoded.
fn fields(access: &AccountAccess) -> Vec<(String, String)> {
    let Credential::Sas(sas) = access.credential() else { return Vec::new() };
    let url = sas.on(&Url::parse("https://x.example").unwrap());
    // As the service reads them: a bare `+` is a blank.
    let pairs = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned()));
    pairs.collect()
}

fn whole() -> String {
    format!("{SAS}&sig={}", encoded(SIG))
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// One way the signature itself comes over.
fn written(form: usize) -> String {
    let sig = match form {
        0 => encoded(SIG),
        1 => SIG.to_owned(),
        2 => SIG.replace('+', " "),
        3 => SIG.replace('+', "%20"),
        4 => encoded(&encoded(SIG)),
        5 => SIG.trim_end_matches('=').to_owned(),
        _ => format!("{} {}", &SIG[..20], &SIG[20..]),
    };
    format!("{SAS}&sig={sig}")
}

type Damage = fn(String) -> String;

/// What happens around it, in the order in which it can happen.
const AROUND: [Damage; 12] = [
    |text| format!("restype=container&comp=list&{text}"),
    |text| format!("{text}&timeout=30&prefix=a%2Fb"),
    |text| format!("SharedAccessSignature={text}"),
    |text| text.replace('&', "&amp;"),
    |text| text.replace('&', "\\u0026"),
    |text| format!("?{text}"),
    |text| format!("https://acct.blob.core.windows.net/media?{text}"),
    |text| format!("{text};"),
    |text| format!("\u{201c}{text}\u{201d}"),
    |text| format!("'{text}'"),
    |text| format!("  \u{feff}{text}\t\r\n"),
    |text| format!("export AZURE_STORAGE_SAS_TOKEN={text}"),
];

proptest! {
    #[test]
    fn a_damaged_signature_that_can_mean_only_one_thing_says_the_same(
        form in 0..7_usize, done in any::<[bool; 12]>(), breaks in proptest::collection::vec(0..220_usize, 0..3)
    ) {
        let mut text = written(form);
        for (damage, _) in AROUND.iter().zip(done).filter(|(_, done)| *done) {
            text = damage(text);
        }
        // A line break beside a blank cannot be told from the blank.
        for at in breaks.into_iter().filter(|_| !matches!(form, 2 | 6)) {
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            if text[..at].ends_with('\\') {
                // A shell's mark that the line goes on.
                continue;
            }
            text.insert_str(at, "\r\n    ");
        }
        let access = signed(&text);
        prop_assert!(access.is_ok(), "{text}: {access:?}");
        prop_assert_eq!(fields(&access.unwrap()), fields(&signed(&whole()).unwrap()), "{}", text);
    }

    #[test]
    fn what_is_refused_never_shows_what_was_pasted(cut in 1..SIG.len(), odd in "[!*(){}…]") {
        let text = format!("{SAS}&sig={}{odd}{}", &SIG[..cut], &SIG[cut..]);
        if let Err(error) = signed(&text) {
            let said = format!("{error} {error:?}");
            prop_assert!(!said.contains(&SIG[..8]) && !said.contains("10.0.0.1"), "{}", said);
        }
    }
}

#[test]
fn a_pasted_address_keeps_its_signature_and_loses_its_request() {
    for address in [
        "https://acct.blob.core.windows.net/media?restype=container&comp=list&SAS",
        "https://acct.blob.core.windows.net/media?SAS&restype=container&comp=list",
        "\"https://acct.blob.core.windows.net/media?SAS\"",
        "<https://acct.blob.core.windows.net/media?SAS>;",
        "https://acct.blob.core.windows.net/media?restype=container&amp;comp=list&amp;SAS",
        "https://acct.blob.core.windows.net/media\n  ?SAS",
    ] {
        let access = AccountAccess::from_env(Some(&address.replace("SAS", &whole())), |_| None).unwrap();
        assert_eq!(access.endpoint(), "https://acct.blob.core.windows.net", "{address}");
        assert_eq!(access.container(), Some("media"), "{address}");
        assert_eq!(fields(&access), fields(&signed(&whole()).unwrap()), "{address}");
    }
    let listed = "https://acct.blob.core.windows.net/media?restype=container&comp=list";
    let keyed = AccountAccess::from_env(Some(listed), |name| (name == "AZURE_STORAGE_KEY").then(|| KEY.to_owned()));
    assert_eq!(keyed.unwrap().access(), Access::KeyGiven);
}

#[test]
fn a_key_is_read_as_it_comes_out_of_files_and_documents() {
    for text in [
        KEY.to_owned(),
        format!("\"{KEY}\""),
        format!("'{KEY}';"),
        format!("AccountKey={KEY}"),
        format!("DefaultEndpointsProtocol=https;AccountName=acct;AccountKey={KEY};EndpointSuffix=core.windows.net"),
        KEY.trim_end_matches('=').to_owned(),
        encoded(KEY),
        format!("{}\n  {}", &KEY[..40], &KEY[40..]),
        format!("{} {}", &KEY[..40], &KEY[40..]),
    ] {
        assert_eq!(pasted::key(&text).as_deref(), Some(KEY), "{text}");
    }
    assert_eq!(pasted::key("c2Vj cmV0"), None, "a blank may be a plus or nothing, and no length tells");
}

#[test]
fn a_connection_string_is_read_as_it_comes_out_of_files_and_documents() {
    let keyed =
        format!("DefaultEndpointsProtocol=https;AccountName=acct;AccountKey={KEY};EndpointSuffix=core.windows.net");
    let signature = format!("BlobEndpoint=https://acct.blob.core.windows.net/;SharedAccessSignature={}", whole());
    for (text, access) in [
        (format!("\"{keyed}\""), Access::KeyGiven),
        (format!("'{keyed}'"), Access::KeyGiven),
        (format!("\u{201c}{keyed};\u{201d}"), Access::KeyGiven),
        (format!("export AZURE_STORAGE_CONNECTION_STRING=\"{keyed}\""), Access::KeyGiven),
        (format!("\"connectionString\"={keyed}"), Access::KeyGiven),
        (keyed.replace(';', ";\r\n"), Access::KeyGiven),
        (keyed.replace(';', "\n"), Access::KeyGiven),
        (keyed.replace("tq/K", "tq/\n    K"), Access::KeyGiven),
        (keyed.replace("AccountKey=", "AccountKey=\"").replace("==;", "==\";"), Access::KeyGiven),
        (format!("'{signature}'"), Access::Sas),
        (signature.replace('&', "&amp;"), Access::Sas),
        (signature.replace("%2B", "+"), Access::Sas),
        (signature.replace("Signature=", "Signature=?"), Access::Sas),
    ] {
        let opened = AccountAccess::from_connection_string(&text.as_str().into());
        let opened = opened.unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((opened.endpoint(), opened.access()), ("https://acct.blob.core.windows.net", access), "{text}");
        if access == Access::Sas {
            assert_eq!(fields(&opened), fields(&signed(&whole()).unwrap()), "{text}");
        }
    }
}
