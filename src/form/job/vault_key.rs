//! A key of the customer over the BitLocker keys: its address, its vault and the identity that opens the vault (Microsoft pages: Use
//! customer-managed keys for Import/Export; About keys, secrets and certificates).

use crate::form::spec::CheckContext;

/// The choice between a key that Microsoft holds and one of the customer.
pub(super) const KEPT_BY: [&str; 2] = ["Microsoft-managed", "customer-managed"];

/// How the host of a vault ends in the clouds of Microsoft.
const HOSTS: [&str; 3] = [".vault.azure.net", ".vault.azure.cn", ".vault.usgovcloudapi.net"];

const URL_EXAMPLE: &str = "copy it from the key in the portal, e.g. https://media-vault.vault.azure.net/keys/export";

/// What a choice gains and costs.
pub(super) fn note(kept_by: &str) -> String {
    if kept_by == KEPT_BY[1] {
        "Customer-managed: you can withdraw the key. While the key or the identity's right to it is gone, the service cannot hand out the BitLocker keys, and nobody can read the drives. There is no way back to a Microsoft key."
    } else {
        "Microsoft-managed: Microsoft holds the key over the BitLocker keys; there is nothing to set up. A key of your own can still be set in the portal once the job exists."
    }
    .to_owned()
}

/// The address of a key, e.g. `https://media-vault.vault.azure.net/keys/export`.
pub(super) fn check_url(url: &str, _: &CheckContext) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{what}; {URL_EXAMPLE}."));
    let Some(rest) = url.strip_prefix("https://") else {
        return wrong("The address of a key begins with https://");
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if host.is_empty() || !host.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.') {
        return wrong("The address names no key vault after https://");
    }
    if path.contains(['?', '#']) {
        return wrong("The address of a key has nothing after a ? or #");
    }
    let mut parts = path.trim_end_matches('/').split('/');
    match parts.next() {
        Some("keys") => {}
        Some(other @ ("secrets" | "certificates")) => {
            return wrong(&format!("The address is one of the {other} of a vault, and a key is needed"));
        }
        _ => return wrong("The address of a key has /keys/ after the vault"),
    }
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !is_name(parts.next().unwrap_or_default()) {
        return wrong("The address names no key after /keys/");
    }
    let (version, more) = (parts.next(), parts.next());
    if more.is_some() || version.is_some_and(|version| !is_name(version)) {
        return wrong("After the name of the key only its version can follow");
    }
    Ok(())
}

/// The resource id of the vault, which has to be the vault of the key's address `url`.
pub(super) fn check_vault(id: &str, url: &str) -> Result<(), String> {
    let name = resource(id, "Microsoft.KeyVault", "vaults").ok_or(
        "The resource id of a key vault is /subscriptions/S/resourceGroups/G/providers/Microsoft.KeyVault/vaults/NAME; copy it from the vault's properties in the portal.",
    )?;
    match vault_of(url) {
        Some(other) if !other.eq_ignore_ascii_case(name) => Err(format!(
            "The key address is one of the vault {other}, and this is the vault {name}; take both from one vault."
        )),
        _ => Ok(()),
    }
}

/// The resource id of the identity.
pub(super) fn check_identity(id: &str, _: &CheckContext) -> Result<(), String> {
    let named = resource(id, "Microsoft.ManagedIdentity", "userAssignedIdentities");
    named.map(drop).ok_or_else(|| {
        "The resource id of an identity is /subscriptions/S/resourceGroups/G/providers/Microsoft.ManagedIdentity/userAssignedIdentities/NAME; copy it from the identity's properties in the portal.".to_owned()
    })
}

/// A host that the public clouds have for no key vault. The service decides.
pub(super) fn doubt(url: &str) -> Option<String> {
    let host = url.strip_prefix("https://")?.split('/').next()?.to_ascii_lowercase();
    let is_known = HOSTS.iter().any(|end| host.ends_with(end));
    (!host.is_empty() && !is_known).then(|| {
        format!("{host} is no host of a key vault that is known here, e.g. media-vault.vault.azure.net; look again.")
    })
}

/// The vault that the address of a key names, where its host is a known one.
fn vault_of(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://")?.split('/').next()?;
    HOSTS.iter().find_map(|end| host.strip_suffix(end)).filter(|vault| !vault.contains('.'))
}

/// The name in a resource id of this provider and type: `/subscriptions/S/resourceGroups/G/providers/PROVIDER/TYPE/NAME`.
fn resource<'a>(id: &'a str, provider: &str, kind: &str) -> Option<&'a str> {
    let parts: Vec<&str> = id.strip_prefix('/')?.trim_end_matches('/').split('/').collect();
    let [subscriptions, subscription, groups, group, providers, found, of_kind, name] = parts[..] else { return None };
    let words = [
        (subscriptions, "subscriptions"),
        (groups, "resourceGroups"),
        (providers, "providers"),
        (found, provider),
        (of_kind, kind),
    ];
    let is_id = words.into_iter().all(|(word, wanted)| word.eq_ignore_ascii_case(wanted));
    let is_named = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    (is_id && [subscription, group, name].into_iter().all(is_named)).then_some(name)
}
