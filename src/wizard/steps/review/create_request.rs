//! Builds the create request from the draft.

use crate::azure::model::{BlobList, EncryptionKey, JobAddress, NewJob};
use crate::draft::Draft;
use crate::form::address;
use crate::form::job::tags::{self, DRAFT_TAG};
use crate::protocol::message::ListFile;
use crate::select::Compiled;
use crate::wizard::service;
use crate::wizard::shared::Shared;

/// A create request.
#[derive(Clone, Debug)]
pub struct CreateRequest {
    /// The address of the job.
    pub job: JobAddress,
    /// The body of the request.
    pub new: NewJob,
    /// The list file to upload first.
    pub list: Option<ListFile>,
}

/// Builds the request from the answers.
///
/// # Errors
/// One sentence, when an answer is missing or the selection cannot be written for the service.
pub fn create_request(shared: &Shared) -> Result<CreateRequest, String> {
    let draft = &shared.draft;
    let chosen = draft.account.as_ref().ok_or("Choose a storage account first.")?;
    let location = draft.location.as_ref().ok_or("Settle on a shipping location first.")?;
    let name = draft.options.name.trim().to_owned();
    let (blobs, list) = blob_list(shared, &name)?;
    let new = NewJob {
        location: location.job_location.clone(),
        storage_account: chosen.account.id.clone(),
        return_address: address::sent(&draft.address.address, draft.service()),
        return_shipping: crate::azure::model::ReturnShipping {
            carrier: draft.address.shipping.carrier.trim().to_owned(),
            account_number: draft.address.shipping.account_number.trim().to_owned(),
        },
        diagnostics_path: draft.options.diagnostics_path.trim().to_owned(),
        log_level: draft.options.log_level,
        backup_manifest: draft.options.backup_manifest,
        encryption: encryption(draft),
        blobs,
        tags: tags(draft)?,
    };
    let job = JobAddress {
        service: draft.service(),
        subscription: chosen.subscription.id.clone(),
        resource_group: draft.options.resource_group.trim().to_owned(),
        name,
    };
    Ok(CreateRequest { job, new, list })
}

/// A key of the customer goes only to a service that takes one.
fn encryption(draft: &Draft) -> EncryptionKey {
    if draft.service().takes_vault_key() { draft.options.encryption.chosen() } else { EncryptionKey::MicrosoftManaged }
}

/// The program's own tag first, then those of the person.
fn tags(draft: &Draft) -> Result<Vec<(String, String)>, String> {
    let own = (DRAFT_TAG.to_owned(), draft.id.as_str().to_owned());
    Ok(std::iter::once(own).chain(tags::parse(&draft.options.tags)?).collect())
}

/// The inline lists; or the list file and its path in the account.
fn blob_list(shared: &Shared, job: &str) -> Result<(BlobList, Option<ListFile>), String> {
    match service::compiled(shared)? {
        Compiled::WholeAccount => Ok((BlobList::WholeAccount, None)),
        Compiled::Containers(names) => Ok((BlobList::Containers(names), None)),
        Compiled::Inline { blob_paths: paths, blob_path_prefixes: prefixes, .. } => {
            Ok((BlobList::Inline { paths, prefixes }, None))
        }
        Compiled::ListFile { xml, .. } => {
            let endpoint =
                shared.blob_endpoint().ok_or("Sign in first: the blob list is uploaded into the account.")?;
            let container = service::list_container(shared);
            // The id of the draft keeps two drafts apart that have jobs of the same name in two resource groups.
            let name = format!("blobfreight/{}/{job}.xml", shared.draft.id);
            let path = format!("{container}/{name}");
            let list = ListFile { endpoint: endpoint.to_owned(), container, name, xml };
            Ok((BlobList::File(path), Some(list)))
        }
    }
}
