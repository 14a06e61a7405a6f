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

/// Judges an account (Microsoft page: Azure Import/Export system requirements).
pub fn verdict(account: &StorageAccount) -> Verdict {
    if let Some(why) = obstacle(account) {
        return Verdict::Blocked(why.to_owned());
    }
    let doubts: Vec<String> = doubts(account).into_iter().flatten().map(str::to_owned).collect();
    if doubts.is_empty() { Verdict::Fine } else { Verdict::Doubtful(doubts) }
}

fn obstacle(account: &StorageAccount) -> Option<&'static str> {
    if account.kind == "FileStorage" {
        Some("it is a FileStorage account, which holds no blobs")
    } else if account.nfs {
        Some("NFS 3.0 is on, which the service does not support")
    } else if account.blob_endpoint.is_empty() {
        Some("it has no blob endpoint")
    } else {
        None
    }
}

fn doubts(account: &StorageAccount) -> [Option<&'static str>; 6] {
    let premium = account.kind == "BlockBlobStorage" || account.sku.starts_with("Premium");
    let walled = (account.denies_by_default && !account.trusts_services) || account.public_network == "Disabled";
    let unready = account.provisioning != "Succeeded" || account.primary_status.as_deref() == Some("unavailable");
    [
        premium.then_some("Premium accounts are not on the list of supported ones"),
        account.hierarchical.then_some("hierarchical namespace: not documented for export, snapshots differ"),
        walled.then_some("the firewall shuts out trusted Microsoft services; allow them before you ship"),
        (!account.shared_key).then_some("Shared Key access is off; the service is known to have used it"),
        unready.then_some("the account is not ready at the moment"),
        (account.location.is_empty()).then_some("Azure names no region for it"),
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
    fn every_doubt_is_told_not_only_the_first() {
        let account = StorageAccount { hierarchical: true, shared_key: false, sku: "Premium_LRS".into(), ..plain() };
        assert!(matches!(verdict(&account), Verdict::Doubtful(reasons) if reasons.len() == 3));
    }
}
