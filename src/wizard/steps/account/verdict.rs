//! Judges whether an account can be exported: by Microsoft's requirements page, and by the state of its subscription.

use crate::azure::model::{StorageAccount, Subscription, SubscriptionUse};
use crate::wizard::shared::Shared;

/// The judgement of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing speaks against it.
    Fine,
    /// It may fail after the drives have arrived; one reason per line.
    Doubtful(Vec<String>),
    /// It will fail; why.
    Blocked(String),
}

/// The chosen account and its subscription: as they were read in this session, else as the draft holds them.
pub fn chosen(shared: &Shared) -> Option<(&Subscription, &StorageAccount)> {
    let kept = shared.draft.account.as_ref()?;
    let read = shared.catalogue.subscriptions.iter().flatten().find(|one| one.id == kept.subscription.id);
    let account = shared.catalogue.account.as_ref().unwrap_or(&kept.account);
    Some((read.unwrap_or(&kept.subscription), account))
}

/// The judgement in a few words, for a row: `ok`, `warning: firewall`, `refused: no blobs`.
pub fn in_short(subscription: &Subscription, account: &StorageAccount) -> String {
    if let Some((short, _)) = obstacle(subscription, account) {
        return format!("refused: {short}");
    }
    let doubts: Vec<&str> = doubts(subscription, account).into_iter().flatten().map(|(short, _)| short).collect();
    if doubts.is_empty() { "ok".to_owned() } else { format!("warning: {}", doubts.join(", ")) }
}

/// Judges an account (Microsoft page: Azure Import/Export system requirements).
pub fn verdict(subscription: &Subscription, account: &StorageAccount) -> Verdict {
    if let Some((_, why)) = obstacle(subscription, account) {
        return Verdict::Blocked(why.to_owned());
    }
    let doubts: Vec<String> =
        doubts(subscription, account).into_iter().flatten().map(|(_, why)| why.to_owned()).collect();
    if doubts.is_empty() { Verdict::Fine } else { Verdict::Doubtful(doubts) }
}

/// A reason in a word or two, and as a sentence.
type Reason = (&'static str, &'static str);

fn obstacle(subscription: &Subscription, account: &StorageAccount) -> Option<Reason> {
    if subscription.allows() == SubscriptionUse::ReadOnly {
        let why = "its subscription is disabled, so no job can be created in it until its owner enables it again";
        Some(("subscription disabled", why))
    } else if account.kind == "FileStorage" {
        Some(("holds no blobs", "it is a FileStorage account, which holds no blobs"))
    } else if account.nfs {
        Some(("NFS 3.0", "NFS 3.0 is on, which the service does not support"))
    } else if account.blob_endpoint.is_empty() {
        Some(("no blob endpoint", "it has no blob endpoint"))
    } else {
        None
    }
}

/// The kinds on Microsoft's list.
const LISTED: [&str; 3] = ["StorageV2", "Storage", "BlobStorage"];

fn doubts(subscription: &Subscription, account: &StorageAccount) -> [Option<Reason>; 8] {
    let other = !LISTED.contains(&account.kind.as_str()) && account.kind != "BlockBlobStorage";
    let premium = account.kind == "BlockBlobStorage" || account.sku.starts_with("Premium");
    let walled = (account.denies_by_default && !account.trusts_services) || account.public_network == "Disabled";
    let unready = account.provisioning != "Succeeded" || account.primary_status.as_deref() == Some("unavailable");
    [
        about_subscription(subscription),
        premium.then_some(("Premium", "Premium accounts are not on the list of supported ones")),
        other.then_some(("kind", "its kind is not on the list of supported ones")),
        account.hierarchical.then_some((
            "hierarchical namespace",
            "hierarchical namespace: not documented for export, snapshots differ",
        )),
        walled.then_some(("firewall", "the firewall shuts out trusted Microsoft services; allow them before you ship")),
        (!account.shared_key)
            .then_some(("no Shared Key", "Shared Key access is off; the service is known to have used it")),
        unready.then_some(("not ready", "the account is not ready at the moment")),
        (account.location.is_empty()).then_some(("no region", "Azure names no region for it")),
    ]
}

fn about_subscription(subscription: &Subscription) -> Option<Reason> {
    match subscription.allows() {
        SubscriptionUse::Owing => Some((
            "payment due",
            "a payment for its subscription is due; unpaid, Azure disables it, also while the drives travel",
        )),
        SubscriptionUse::Unknown => {
            Some(("subscription", "its subscription is in a state that is not known here; Azure may refuse the job"))
        }
        SubscriptionUse::Open | SubscriptionUse::ReadOnly => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> StorageAccount {
        StorageAccount {
            id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a".into(),
            name: "a".into(),
            location: "westeurope".into(),
            kind: "StorageV2".into(),
            sku: "Standard_GRS".into(),
            blob_endpoint: "https://a.blob.core.windows.net/".into(),
            hierarchical: false,
            nfs: false,
            denies_by_default: false,
            trusts_services: false,
            public_network: "Enabled".into(),
            private_endpoints: None,
            shared_key: true,
            provisioning: "Succeeded".into(),
            primary_status: None,
        }
    }

    fn in_state(state: &str) -> Subscription {
        Subscription { id: "s".into(), name: "Archive".into(), tenant: "t".into(), state: state.into() }
    }

    #[test]
    fn w62_an_account_of_a_subscription_that_is_read_only_is_refused_and_one_that_owes_is_doubted() {
        for state in ["Disabled", "Expired", "Deleted"] {
            assert_eq!(in_short(&in_state(state), &plain()), "refused: subscription disabled", "{state}");
        }
        for state in ["Warned", "PastDue"] {
            assert_eq!(in_short(&in_state(state), &plain()), "warning: payment due", "{state}");
        }
        assert_eq!(in_short(&in_state("Frozen"), &plain()), "warning: subscription");
        assert_eq!(
            verdict(&in_state(""), &plain()),
            Verdict::Fine,
            "an answer without a state says nothing against it"
        );
    }

    #[test]
    fn the_three_documented_kinds_are_fine() {
        for kind in ["StorageV2", "Storage", "BlobStorage"] {
            assert_eq!(
                verdict(&in_state("Enabled"), &StorageAccount { kind: kind.into(), ..plain() }),
                Verdict::Fine,
                "{kind}"
            );
        }
    }

    #[test]
    fn what_can_never_work_is_blocked() {
        let file = StorageAccount { kind: "FileStorage".into(), ..plain() };
        let nfs = StorageAccount { nfs: true, ..plain() };
        for account in [file, nfs] {
            assert!(matches!(verdict(&in_state("Enabled"), &account), Verdict::Blocked(_)), "{account:?}");
        }
    }

    #[test]
    fn a_firewall_is_a_doubt_only_when_it_shuts_out_trusted_services() {
        let open = StorageAccount { denies_by_default: true, trusts_services: true, ..plain() };
        let shut = StorageAccount { denies_by_default: true, ..plain() };
        assert_eq!(verdict(&in_state("Enabled"), &open), Verdict::Fine);
        assert!(matches!(verdict(&in_state("Enabled"), &shut), Verdict::Doubtful(reasons) if reasons.len() == 1));
    }

    #[test]
    fn a_row_says_the_judgement_in_a_few_words() {
        assert_eq!(in_short(&in_state("Enabled"), &plain()), "ok");
        assert_eq!(in_short(&in_state("Enabled"), &StorageAccount { nfs: true, ..plain() }), "refused: NFS 3.0");
        let two = StorageAccount { hierarchical: true, denies_by_default: true, ..plain() };
        assert_eq!(in_short(&in_state("Enabled"), &two), "warning: hierarchical namespace, firewall");
        assert_eq!(
            in_short(&in_state("Enabled"), &StorageAccount { kind: "Storage9".into(), ..plain() }),
            "warning: kind"
        );
    }

    #[test]
    fn every_doubt_is_told_not_only_the_first() {
        let account = StorageAccount { hierarchical: true, shared_key: false, sku: "Premium_LRS".into(), ..plain() };
        assert!(matches!(verdict(&in_state("Enabled"), &account), Verdict::Doubtful(reasons) if reasons.len() == 3));
    }
}
