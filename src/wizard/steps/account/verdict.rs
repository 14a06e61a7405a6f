//! Judges whether an account can be exported, by Microsoft's requirements page.

use crate::azure::model::StorageAccount;

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

/// The judgement in a few words, for a row: `ok`, `warning: firewall`, `refused: no blobs`.
pub fn in_short(account: &StorageAccount) -> String {
    if let Some((short, _)) = obstacle(account) {
        return format!("refused: {short}");
    }
    let doubts: Vec<&str> = doubts(account).into_iter().flatten().map(|(short, _)| short).collect();
    if doubts.is_empty() { "ok".to_owned() } else { format!("warning: {}", doubts.join(", ")) }
}

/// Judges an account (Microsoft page: Azure Import/Export system requirements).
pub fn verdict(account: &StorageAccount) -> Verdict {
    if let Some((_, why)) = obstacle(account) {
        return Verdict::Blocked(why.to_owned());
    }
    let doubts: Vec<String> = doubts(account).into_iter().flatten().map(|(_, why)| why.to_owned()).collect();
    if doubts.is_empty() { Verdict::Fine } else { Verdict::Doubtful(doubts) }
}

/// A reason in a word or two, and as a sentence.
type Reason = (&'static str, &'static str);

fn obstacle(account: &StorageAccount) -> Option<Reason> {
    if account.kind == "FileStorage" {
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

fn doubts(account: &StorageAccount) -> [Option<Reason>; 7] {
    let other = !LISTED.contains(&account.kind.as_str()) && account.kind != "BlockBlobStorage";
    let premium = account.kind == "BlockBlobStorage" || account.sku.starts_with("Premium");
    let walled = (account.denies_by_default && !account.trusts_services) || account.public_network == "Disabled";
    let unready = account.provisioning != "Succeeded" || account.primary_status.as_deref() == Some("unavailable");
    [
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
            shared_key: true,
            provisioning: "Succeeded".into(),
            primary_status: None,
        }
    }

    #[test]
    fn the_three_documented_kinds_are_fine() {
        for kind in ["StorageV2", "Storage", "BlobStorage"] {
            assert_eq!(verdict(&StorageAccount { kind: kind.into(), ..plain() }), Verdict::Fine, "{kind}");
        }
    }

    #[test]
    fn what_can_never_work_is_blocked() {
        let file = StorageAccount { kind: "FileStorage".into(), ..plain() };
        let nfs = StorageAccount { nfs: true, ..plain() };
        for account in [file, nfs] {
            assert!(matches!(verdict(&account), Verdict::Blocked(_)), "{account:?}");
        }
    }

    #[test]
    fn a_firewall_is_a_doubt_only_when_it_shuts_out_trusted_services() {
        let open = StorageAccount { denies_by_default: true, trusts_services: true, ..plain() };
        let shut = StorageAccount { denies_by_default: true, ..plain() };
        assert_eq!(verdict(&open), Verdict::Fine);
        assert!(matches!(verdict(&shut), Verdict::Doubtful(reasons) if reasons.len() == 1));
    }

    #[test]
    fn a_row_says_the_judgement_in_a_few_words() {
        assert_eq!(in_short(&plain()), "ok");
        assert_eq!(in_short(&StorageAccount { nfs: true, ..plain() }), "refused: NFS 3.0");
        let two = StorageAccount { hierarchical: true, denies_by_default: true, ..plain() };
        assert_eq!(in_short(&two), "warning: hierarchical namespace, firewall");
        assert_eq!(in_short(&StorageAccount { kind: "Storage9".into(), ..plain() }), "warning: kind");
    }

    #[test]
    fn every_doubt_is_told_not_only_the_first() {
        let account = StorageAccount { hierarchical: true, shared_key: false, sku: "Premium_LRS".into(), ..plain() };
        assert!(matches!(verdict(&account), Verdict::Doubtful(reasons) if reasons.len() == 3));
    }
}
