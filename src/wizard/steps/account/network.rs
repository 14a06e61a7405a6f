//! From where the blobs of an account can be reached, in words: by this machine, which lists them, and by the service, which copies them.

use crate::azure::model::StorageAccount;
use crate::wording::many;

/// What is known of the way to the account, and what that means; one to three sentences.
pub fn words(account: &StorageAccount) -> String {
    let endpoints = match account.private_endpoints {
        None => "Private endpoints: unknown, Azure did not say.".to_owned(),
        Some(0) => "Private endpoints: none.".to_owned(),
        Some(count) => format!("Private endpoints: {}.", many(u64::from(count), "approved one")),
    };
    let only_private = account.public_network.eq_ignore_ascii_case("Disabled");
    let has_endpoints = account.private_endpoints.is_some_and(|count| count > 0);
    let meaning = match (only_private, account.private_endpoints) {
        (true, Some(0)) => {
            " Access from public networks is off, so nothing outside Azure lists its blobs, this machine included."
        }
        (true, _) => {
            " Access from public networks is off: this machine lists blobs only from a network that has such an endpoint. The service is in none of your networks."
        }
        (false, _) if account.public_network.eq_ignore_ascii_case("SecuredByPerimeter") => {
            " A network security perimeter decides who gets in; whether it lets this machine and the service in is unknown."
        }
        (false, _) if has_endpoints && account.denies_by_default => {
            " The firewall is on: this machine lists blobs from such a network or from an address that the firewall allows."
        }
        (false, _) if has_endpoints => " Public access is on as well: listing and the service need no endpoint.",
        (false, _) => "",
    };
    format!("{endpoints}{meaning}")
}
