//! The locks of a storage account: which there are, and removing one.

use azure_core::http::Method;

use super::{
    Azure,
    fault::{Fault, FaultKind, Retry},
    model::ResourceLock,
    request::roles::{LOCK_REMOVER, READER},
    urls::{resource_name as name, resource_parts as parts},
    wire,
};

const LOCKS: &str = "2016-09-01";

impl Azure {
    /// The locks that hold for a resource, also those of its group and subscription (Microsoft page: Management Locks - List At Resource
    /// Level).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn locks(&self, resource: &str) -> Result<Vec<ResourceLock>, Fault> {
        let tried = format!("list the locks of {}", name(resource));
        let path: Vec<&str> = parts(resource).chain(["providers", "Microsoft.Authorization", "locks"]).collect();
        let request = self.session.arm_request(&tried, READER, &path, LOCKS)?;
        self.session.all_pages(request, wire::lock::lock).await
    }

    /// Removes one lock of a resource, and lists those that are left. A lock of the group or the subscription is refused: it protects more
    /// than this resource.
    ///
    /// # Errors
    /// `Denied` when the sign-in may not remove locks; otherwise as the service answers.
    pub async fn remove_lock(&self, resource: &str, lock: &ResourceLock) -> Result<Vec<ResourceLock>, Fault> {
        let tried = format!("remove the lock {} of {}", lock.name, name(resource));
        if !is_of(resource, lock) {
            let reason = "the lock is of the resource group or the subscription, not of the account alone";
            return Err(Fault { kind: FaultKind::BadRequest, retry: Retry::Never, ..Fault::local(tried, reason) });
        }
        let path: Vec<&str> = parts(&lock.id).collect();
        let request = self.session.arm_request(&tried, LOCK_REMOVER, &path, LOCKS)?.method(Method::Delete, true);
        let response = self.session.exchange(request).await?;
        if response.status != 404 {
            response.success()?;
        }
        self.locks(resource).await
    }
}

/// Whether a lock is of this resource itself and of nothing above it.
fn is_of(resource: &str, lock: &ResourceLock) -> bool {
    let own = parts(resource).chain(["providers", "Microsoft.Authorization", "locks", lock.name.as_str()]);
    let (own, id): (Vec<&str>, Vec<&str>) = (own.collect(), parts(&lock.id).collect());
    own.len() == id.len() && own.iter().zip(&id).all(|(one, other)| one.eq_ignore_ascii_case(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_lock_of_the_resource_itself_may_be_removed() {
        let account = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/acct";
        let lock = |scope: &str| ResourceLock {
            id: format!("{scope}/providers/Microsoft.Authorization/locks/DATABOX_SERVICE"),
            name: ResourceLock::DATA_BOX.into(),
            level: "CanNotDelete".into(),
            notes: String::new(),
        };
        assert!(is_of(account, &lock(account)));
        assert!(is_of(account, &lock(&account.to_lowercase())));
        for above in ["/subscriptions/s", "/subscriptions/s/resourceGroups/g", &format!("{account}2")] {
            assert!(!is_of(account, &lock(above)), "{above}");
        }
    }
}
