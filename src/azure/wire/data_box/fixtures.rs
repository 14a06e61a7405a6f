//! A job for the tests of this folder.

use crate::azure::model::{
    AddressKind, BlobList, EncryptionKey, LocationName, LogLevel, NewJob, ReturnAddress, ReturnShipping,
};

pub(super) const ACCOUNT: &str =
    "/subscriptions/0f0e/resourceGroups/film-rg/providers/Microsoft.Storage/storageAccounts/filmstore";

pub(super) fn new_job(blobs: BlobList) -> NewJob {
    NewJob {
        location: LocationName::new("North Europe"),
        storage_account: ACCOUNT.into(),
        return_address: ReturnAddress {
            contact: "Ana Lopes".into(),
            company: "Studio Noord".into(),
            street1: "Kaai 4".into(),
            street2: String::new(),
            street3: "Dock B".into(),
            city: "Gent".into(),
            state: String::new(),
            postal_code: "9000".into(),
            country: "Belgium".into(),
            country_code: "BE".into(),
            phone: "+32 2 555 01 00".into(),
            emails: vec!["it@studio.example".into(), "ana@studio.example".into()],
            kind: AddressKind::Commercial,
            tax_number: "BE0123".into(),
        },
        return_shipping: ReturnShipping { carrier: "DHL".into(), account_number: "A-77".into() },
        diagnostics_path: String::new(),
        log_level: LogLevel::Verbose,
        backup_manifest: true,
        encryption: EncryptionKey::MicrosoftManaged,
        blobs,
        tags: vec![("project".into(), "film".into())],
    }
}
