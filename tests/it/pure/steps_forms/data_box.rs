//! The forms of a job for Data Box: fields that it has and the classic service has not, and the other way round.

use blobfreight::azure::model::{AddressKind, EncryptionKey, KeyIdentity, Offer, ServiceName, VaultKey};
use blobfreight::draft::{Draft, EncryptionAnswers};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Slot};
use blobfreight::protocol::step::Step;

use super::answers::draft;
use crate::support::app_harness::{AppHarness, full_draft, offers};

/// A draft with its forms empty whose job goes to Data Box.
fn for_data_box(step: Step) -> AppHarness {
    AppHarness::signed_in(Draft { service: Some(ServiceName::DataBox), ..draft(step) })
}

#[test]
fn a_whole_address_for_data_box_is_typed_from_field_to_field() {
    let mut app = for_data_box(Step::Address);
    let answers =
        ["Ana Example", "Contoso", "1 Way", "", "Gate 2", "Mumbai", "MH", "400001", "india", "+91 22 5550 0199"];
    for answer in answers.into_iter().chain([
        "ops@contoso.example; it@contoso.example",
        " ",
        "27AAPFU0939F1ZV",
        "DHL",
        "1234567890",
    ]) {
        app.types(answer).key(Key::Enter);
    }
    app.ctrl('n');
    let kept = &app.draft().address;
    assert!(kept.confirmed, "{}", app.notice());
    let address = &kept.address;
    assert_eq!(
        (address.company.as_str(), address.street3.as_str(), address.country.as_str()),
        ("Contoso", "Gate 2", "IN")
    );
    assert_eq!((address.kind, address.tax_number.as_str()), (AddressKind::Commercial, "27AAPFU0939F1ZV"));
    assert_eq!(kept.shipping.carrier, "DHL");
}

const URL: &str = "https://media-vault.vault.azure.net/keys/export";
const VAULT: &str = "/subscriptions/5e4e/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/media-vault";
const IDENTITY: &str =
    "/subscriptions/5e4e/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/export";

fn words(app: &AppHarness) -> String {
    let screen = app.screen(140, 90);
    let page = screen.lines().map(|line| line.split_once('│').map_or(line, |(_, page)| page));
    page.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[test]
fn w76_a_key_of_ones_own_is_chosen_checked_in_form_and_shown_on_the_review() {
    let mut app = AppHarness::signed_in(Draft { service: Some(ServiceName::DataBox), ..full_draft(Step::Options) });
    assert!(words(&app).contains("Microsoft holds the key over the BitLocker keys"), "{}", words(&app));
    while !app.painted(140, 60).0.iter().any(|line| line.contains("› Encryption key")) {
        app.key(Key::Tab);
    }
    app.types(" ");
    assert!(words(&app).contains("nobody can read the drives"), "what it costs\n{}", words(&app));
    app.ctrl('n');
    assert_eq!((app.step(), app.notice()), (Step::Options, "3 fields need you"));
    app.types("media-vault").key(Key::Tab).types(VAULT).key(Key::Tab).types(IDENTITY).ctrl('n');
    assert_eq!((app.step(), app.notice()), (Step::Options, "1 field needs you"), "{}", words(&app));
    assert!(words(&app).contains("begins with https://"), "{}", words(&app));
    app.ctrl('u').types(URL).ctrl('n');
    assert_eq!(app.step(), Step::Review, "{}", words(&app));
    for part in [URL, VAULT, IDENTITY, "Whether its vault is there and its identity may use it is not checked"] {
        assert!(words(&app).replace(' ', "").contains(&part.replace(' ', "")), "{part}\n{}", words(&app));
    }
}

#[test]
fn w76_a_request_carries_the_key_to_data_box_and_never_to_the_classic_service_which_says_so() {
    let encryption = EncryptionAnswers {
        customer_managed: true,
        url: format!(" {URL} "),
        vault: VAULT.into(),
        identity: IDENTITY.into(),
    };
    let sent = |service: ServiceName| {
        let mut draft = Draft { service: Some(service), ..full_draft(Step::Review) };
        draft.options.encryption = encryption.clone();
        draft.location.as_mut().unwrap().service = service;
        if service == ServiceName::DataBox {
            draft.location.as_mut().unwrap().country_code = "BE".into();
        }
        let mut app = AppHarness::signed_in(draft);
        app.answer(Slot::Services, Ok(offers(service, &Offer::Offered)));
        let page = words(&app);
        app.types("x");
        let new = app.effects.iter().find_map(|effect| match effect {
            Effect::Start { call: Call::RequestText { new, .. }, .. } => Some(new.encryption.clone()),
            _ => None,
        });
        (page, new.unwrap_or_else(|| panic!("{service:?}: {}", app.screen(100, 60))))
    };
    let key = VaultKey { url: URL.into(), vault: VAULT.into(), identity: KeyIdentity::UserAssigned(IDENTITY.into()) };
    assert_eq!(sent(ServiceName::DataBox).1, EncryptionKey::CustomerManaged(key));
    let (page, new) = sent(ServiceName::ImportExport);
    assert_eq!(new, EncryptionKey::MicrosoftManaged);
    assert!(page.contains("The key of your own is not used") && !page.contains(URL), "{page}");
}

#[test]
fn w76_the_classic_service_says_that_a_key_of_ones_own_is_set_once_the_job_exists() {
    let classic = words(&AppHarness::signed_in(full_draft(Step::Options)));
    assert!(classic.contains("A key of your own is set in the portal once the job exists"), "{classic}");
    assert!(!classic.contains("Encryption key"), "{classic}");
}

#[test]
fn a_job_of_data_box_has_no_diagnostics_path_and_says_where_its_logs_go() {
    let app = for_data_box(Step::Options);
    let screen = app.screen(100, 40);
    assert!(screen.contains("databoxcopylog") && screen.contains("the level is fixed"), "{screen}");
    assert!(!screen.contains("Diagnostics path"), "{screen}");
    let classic = AppHarness::signed_in(draft(Step::Options));
    let screen = classic.screen(100, 40);
    assert!(screen.contains("Diagnostics path") && !screen.contains("databoxcopylog"), "{screen}");
}
