//! The fields of a key of the customer: when they are there, and what is said of each wrong form.

use proptest::prelude::*;

use super::{JobField, warnings};
use crate::azure::model::ServiceName;
use crate::draft::{EncryptionAnswers, JobAnswers};
use crate::form::{Form, FormFacts, form_of};

const URL: &str = "https://media-vault.vault.azure.net/keys/export";
const VAULT: &str = "/subscriptions/5e4e/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/media-vault";
const IDENTITY: &str =
    "/subscriptions/5e4e/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/export";

fn form(service: ServiceName, encryption: EncryptionAnswers) -> Form {
    let answers = JobAnswers { encryption, ..JobAnswers::default() };
    form_of::<JobField>(&answers, 0, FormFacts { service, ..FormFacts::default() })
}

fn own(url: &str, vault: &str, identity: &str) -> EncryptionAnswers {
    let [url, vault, identity] = [url, vault, identity].map(str::to_owned);
    EncryptionAnswers { customer_managed: true, url, vault, identity }
}

fn error(field: JobField, answers: EncryptionAnswers) -> Option<String> {
    let mut form = form(ServiceName::DataBox, answers);
    form.check_all();
    form.error(field).map(str::to_owned)
}

#[test]
fn w76_the_fields_of_a_key_are_there_with_data_box_and_a_key_of_the_customer_only() {
    let shown = |service, answers| form(service, answers).shown().collect::<Vec<_>>();
    let (choice, url) = (JobField::Encryption as usize, JobField::KeyUrl as usize);
    let microsoft = shown(ServiceName::DataBox, EncryptionAnswers::default());
    assert!(microsoft.contains(&choice) && !microsoft.contains(&url), "{microsoft:?}");
    let customer = shown(ServiceName::DataBox, own("", "", ""));
    assert!([1, 2, 3].iter().all(|behind| customer.contains(&(choice + behind))), "{customer:?}");
    let classic = shown(ServiceName::ImportExport, own("", "", ""));
    assert!(!classic.contains(&choice) && !classic.contains(&url), "{classic:?}");
}

#[test]
fn w76_what_is_wrong_with_an_address_or_an_id_of_a_key_is_one_sentence_with_an_example() {
    for good in [URL, "https://v.vault.azure.cn/keys/a/0123456789abcdef", "https://hsm.example/keys/k/"] {
        assert_eq!(error(JobField::KeyUrl, own(good, VAULT, IDENTITY)), None, "{good}");
    }
    for (bad, part) in [
        ("http://media-vault.vault.azure.net/keys/export", "begins with https://"),
        ("media-vault", "begins with https://"),
        ("https:///keys/export", "names no key vault"),
        ("https://media vault/keys/export", "names no key vault"),
        ("https://media-vault.vault.azure.net", "/keys/ after the vault"),
        ("https://media-vault.vault.azure.net/secrets/export", "secrets of a vault"),
        ("https://media-vault.vault.azure.net/keys/", "no key after /keys/"),
        ("https://media-vault.vault.azure.net/keys/a_b", "no key after /keys/"),
        ("https://media-vault.vault.azure.net/keys/export/1/2", "only its version"),
        ("https://media-vault.vault.azure.net/keys/export?x=1", "nothing after a ?"),
    ] {
        let words = error(JobField::KeyUrl, own(bad, VAULT, IDENTITY)).unwrap_or_else(|| panic!("{bad} is taken"));
        assert!(words.contains(part) && words.contains("e.g."), "{bad}: {words}");
    }
    for bad in ["media-vault", "/subscriptions/5e4e/vaults/media-vault", IDENTITY, &VAULT.replace("5e4e", "")] {
        let words = error(JobField::KeyVault, own(URL, bad, IDENTITY)).unwrap_or_else(|| panic!("{bad} is taken"));
        assert!(words.contains("/providers/Microsoft.KeyVault/vaults/NAME"), "{bad}: {words}");
    }
    let other = error(JobField::KeyVault, own(URL, &VAULT.replace("media-vault", "other"), IDENTITY)).unwrap();
    assert!(other.contains("one of the vault media-vault, and this is the vault other"), "{other}");
    for bad in ["export", VAULT, &format!("{IDENTITY}/more")] {
        let words = error(JobField::KeyIdentity, own(URL, VAULT, bad)).unwrap_or_else(|| panic!("{bad} is taken"));
        assert!(words.contains("userAssignedIdentities/NAME"), "{bad}: {words}");
    }
    let lower = own(URL, &VAULT.to_lowercase(), &IDENTITY.to_lowercase());
    assert_eq!((error(JobField::KeyVault, lower.clone()), error(JobField::KeyIdentity, lower)), (None, None));
}

#[test]
fn a_host_that_is_no_known_key_vault_is_doubted_and_not_refused() {
    let doubts = |url: &str| warnings(&form(ServiceName::DataBox, own(url, VAULT, IDENTITY))).len();
    let none = doubts(URL);
    assert_eq!(doubts("https://media-vault.managedhsm.azure.net/keys/export"), none + 1);
}

proptest! {
    #[test]
    fn any_text_is_judged_without_a_panic(url in "(https://)?[ -~é/]{0,40}", id in "[/a-zA-Zé ]{0,60}") {
        let mut form = form(ServiceName::DataBox, own(&url, &id, &id));
        form.check_all();
        prop_assert!(form.error(JobField::KeyVault).is_some());
    }
}
