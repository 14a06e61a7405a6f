//! Azure Resource Manager: the tenants of whoever is signed in.

use super::{Azure, fault::Fault, model::Tenant, request::roles::READER, wire};

const TENANTS: &str = "2022-12-01";

impl Azure {
    /// Every tenant of the account, its own and those that it is a guest of (Microsoft page: Tenants - List).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn tenants(&self) -> Result<Vec<Tenant>, Fault> {
        let request = self.session.arm_request("list your tenants", READER, &["tenants"], TENANTS)?;
        self.session.all_pages(request, wire::arm::tenant).await
    }
}
