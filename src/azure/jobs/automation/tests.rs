//! Every form carries the same address and the same body, whatever characters the answers hold.

use serde_json::Value;
use strum::VariantArray as _;

use super::{request::CreateJobRequest, text};
use crate::azure::model::{
    AutomationForm, BlobList, EncryptionKey, JobAddress, KeyIdentity, LocationName, LogLevel, NewJob, ReturnAddress,
    ReturnShipping, ServiceName, VaultKey,
};

const ARM: &str = "https://management.azure.com";

fn job(service: ServiceName) -> JobAddress {
    JobAddress { service, subscription: "0f0e".into(), resource_group: "film-rg(1)".into(), name: "export-1".into() }
}

fn new(company: &str) -> NewJob {
    NewJob {
        location: LocationName::new("westeurope"),
        storage_account: "/subscriptions/0f0e/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/filmstore"
            .into(),
        return_address: ReturnAddress {
            contact: "Ana".into(),
            company: company.into(),
            country: "Belgium".into(),
            country_code: "BE".into(),
            emails: vec!["it@studio.example".into()],
            ..ReturnAddress::default()
        },
        return_shipping: ReturnShipping { carrier: "DHL".into(), account_number: "A-77".into() },
        diagnostics_path: "waimportexport".into(),
        log_level: LogLevel::Verbose,
        backup_manifest: true,
        encryption: EncryptionKey::CustomerManaged(VaultKey {
            url: "https://v.vault.azure.net/keys/k".into(),
            vault: "/subscriptions/0f0e/v".into(),
            identity: KeyIdentity::UserAssigned("/subscriptions/0f0e/i".into()),
        }),
        blobs: BlobList::File("lists/blobfreight/d/export-1.xml".into()),
        tags: vec![("cost center".into(), "4711".into())],
    }
}

/// Reads a Bicep value back: the part of the language that the program writes.
fn read_bicep(text: &mut &str) -> Value {
    *text = text.trim_start();
    if let Some(rest) = text.strip_prefix('{') {
        *text = rest.trim_start();
        let mut members = serde_json::Map::new();
        while !text.starts_with('}') {
            let key = if text.starts_with('\'') {
                read_bicep(text).as_str().unwrap().to_owned()
            } else {
                let (key, rest) = text.split_once(':').unwrap();
                let key = key.to_owned();
                *text = &text[text.len() - rest.len() - 1..];
                key
            };
            *text = text.strip_prefix(':').unwrap();
            members.insert(key, read_bicep(text));
            *text = text.trim_start();
        }
        *text = &text[1..];
        return Value::Object(members);
    }
    if let Some(rest) = text.strip_prefix('[') {
        *text = rest.trim_start();
        let mut items = Vec::new();
        while !text.starts_with(']') {
            items.push(read_bicep(text));
            *text = text.trim_start();
        }
        *text = &text[1..];
        return Value::Array(items);
    }
    if let Some(rest) = text.strip_prefix('\'') {
        let (mut read, mut chars) = (String::new(), rest.char_indices());
        while let Some((at, c)) = chars.next() {
            match c {
                '\'' => {
                    *text = &rest[at + 1..];
                    return Value::from(read);
                }
                '\\' => match chars.next().unwrap().1 {
                    'n' => read.push('\n'),
                    'r' => read.push('\r'),
                    't' => read.push('\t'),
                    other => read.push(other),
                },
                '$' => panic!("an expression begins at {at} in {rest}"),
                c => read.push(c),
            }
        }
        panic!("no closing quote in {rest}");
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let word = text[..end].parse().unwrap();
    *text = &text[end..];
    word
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(begin).unwrap_or_else(|| panic!("{begin} in {text}"));
    rest.split_once(end).unwrap_or_else(|| panic!("{end} in {rest}")).0
}

/// The body in a text of one form.
fn body_in(form: AutomationForm, text: &str) -> Value {
    match form {
        AutomationForm::Request => serde_json::from_str(text.split_once("\n\n").unwrap().1).unwrap(),
        AutomationForm::AzRest => serde_json::from_str(between(text, "<<'JSON'\n", "\nJSON\n")).unwrap(),
        AutomationForm::PowerShell => serde_json::from_str(between(text, "@'\n", "\n'@\n")).unwrap(),
        AutomationForm::Bicep => {
            let mut value = read_bicep(&mut text.split_once("' = ").unwrap().1);
            value.as_object_mut().unwrap().remove("name").unwrap();
            value
        }
        AutomationForm::Template => {
            let mut template: Value = serde_json::from_str(text).unwrap();
            let resource = template["resources"][0].as_object_mut().unwrap();
            for own in ["type", "apiVersion", "name"] {
                resource.remove(own).unwrap();
            }
            Value::Object(resource.clone())
        }
    }
}

#[test]
fn every_form_names_the_job_and_says_what_has_to_be_there_before() {
    for service in [ServiceName::DataBox, ServiceName::ImportExport] {
        for form in AutomationForm::VARIANTS {
            let text = text(*form, ARM, &job(service), &new("Studio"));
            assert!(text.contains("az storage blob upload") && text.contains("--account-name filmstore"), "{text}");
            assert!(text.contains(service.namespace()) && text.contains("export-1"), "{text}");
            if matches!(form, AutomationForm::Request | AutomationForm::AzRest | AutomationForm::PowerShell) {
                let url = format!(
                    "{ARM}/subscriptions/0f0e/resourceGroups/film-rg%281%29/providers/{}/jobs/export-1?api-version=",
                    service.namespace()
                );
                assert!(text.contains(&url), "{url} in {text}");
            }
        }
    }
}

#[test]
fn w76_every_form_of_data_box_carries_the_key_and_the_identity_and_none_of_the_classic_service_does() {
    for form in AutomationForm::VARIANTS {
        let body = body_in(*form, &text(*form, ARM, &job(ServiceName::DataBox), &new("Studio")));
        let key = &body["properties"]["details"]["keyEncryptionKey"];
        assert_eq!(key["kekUrl"], "https://v.vault.azure.net/keys/k", "{form:?}");
        assert_eq!(key["identityProperties"]["userAssigned"]["resourceId"], "/subscriptions/0f0e/i", "{form:?}");
        assert!(body["identity"]["userAssignedIdentities"]["/subscriptions/0f0e/i"].is_object(), "{form:?}");
        let classic = text(*form, ARM, &job(ServiceName::ImportExport), &new("Studio"));
        assert!(!classic.contains("vault.azure.net"), "{classic}");
    }
}

#[test]
fn a_text_that_looks_like_an_expression_stays_a_text() {
    let template = text(AutomationForm::Template, ARM, &job(ServiceName::DataBox), &new("[Studio]"));
    assert!(template.contains("\"[[Studio]\""), "{template}");
    let bicep = text(AutomationForm::Bicep, ARM, &job(ServiceName::DataBox), &new("${a}'b\\"));
    assert!(bicep.contains(r"\${a}\'b\\"), "{bicep}");
}

proptest::proptest! {
    #[test]
    fn every_form_carries_the_body_that_the_program_sends(company in "\\PC{0,20}|[ -~]{0,30}") {
        for service in [ServiceName::DataBox, ServiceName::ImportExport] {
            let (job, new) = (job(service), new(&company));
            let sent = CreateJobRequest::of(&job, &new).body;
            for form in AutomationForm::VARIANTS {
                // The mark of a text that looks like an expression is tested by itself.
                if *form == AutomationForm::Template && company.starts_with('[') {
                    continue;
                }
                let carried = body_in(*form, &text(*form, ARM, &job, &new));
                proptest::prop_assert_eq!(&carried, &sent, "{:?}", form);
            }
        }
    }
}
