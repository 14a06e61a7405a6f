//! Uploads the list file of a job under a free name, and reads it back. A file that is there already is never written
//! over: it is compared, and either it is this very list or another name is taken.

use azure_core::http::Method;
use bytes::Bytes;

use super::request::blob_request;
use crate::azure::{
    Azure,
    fault::{Fault, FaultKind, Retry},
    request::{
        ApiRequest,
        roles::{DATA_CONTRIBUTOR, DATA_READER},
    },
};

/// How many names are tried: `a.xml`, `a-2.xml`, `a-3.xml`, ... Each taken one is a list of an earlier selection.
const MAX_NAMES: u32 = 50;

impl Azure {
    /// Uploads a list file as a block blob and gives the name it has: `name`, or the next free one (`a-2.xml` after `a.xml`)
    /// where another file is there. The same list that is there already is taken as it is. The upload is read back and
    /// compared byte for byte. Makes the container when it is missing (Microsoft pages: Put Blob, Get Blob, Create Container).
    ///
    /// # Errors
    /// As the service answers; `Denied` advises the role that may write; `Conflict` when every name is taken; `BrokenAnswer`
    /// when what was read back differs.
    pub async fn upload_list(
        &self,
        endpoint: &str,
        container: &str,
        name: &str,
        xml: Vec<u8>,
    ) -> Result<String, Fault> {
        let xml = Bytes::from(xml);
        for number in 1..=MAX_NAMES {
            let list = List { endpoint, container, name: &numbered(name, number), xml: &xml };
            if self.upload_as(&list).await? {
                return Ok(list.name.to_owned());
            }
        }
        let tried = format!("upload the blob list to {container}/{name}");
        let reason = format!("{MAX_NAMES} other files have this name or the same with a number");
        let fault = Fault { kind: FaultKind::Conflict, retry: Retry::Never, ..Fault::local(tried, reason) };
        Err(fault.advise("Delete the lists that no job needs any more; nothing was written over."))
    }

    /// The bytes of a list file by its path, `container/name`; `None` when there is none (Microsoft page: Get Blob).
    ///
    /// # Errors
    /// As the service answers; `Denied` advises the role that may read.
    pub async fn blob_list(&self, endpoint: &str, path: &str) -> Result<Option<Bytes>, Fault> {
        let parts: Vec<&str> = path.split('/').collect();
        let request = blob_request(&format!("read the blob list {path}"), DATA_READER, endpoint, &parts, &[])?;
        match self.session.send_to_storage(request).await {
            Ok(response) => Ok(Some(response.body)),
            Err(fault) if fault.status == Some(404) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Whether the list is in the account under this name now; `false` when another file has the name.
    async fn upload_as(&self, list: &List<'_>) -> Result<bool, Fault> {
        let refused = match self.put_list(list).await {
            Ok(()) => None,
            Err(fault) if matches!(fault.status, Some(409 | 412)) => Some(fault),
            Err(fault) => return Err(fault),
        };
        match (self.read_list(list).await?, refused) {
            (Some(bytes), _) if bytes == list.xml => Ok(true),
            (Some(_), Some(_)) => Ok(false),
            // The name is free, so the refusal was about something else: a container that is being deleted, for example.
            (None, Some(refused)) => Err(refused),
            (found, None) => Err(list.altered(found.is_some())),
        }
    }

    async fn put_list(&self, list: &List<'_>) -> Result<(), Fault> {
        match self.session.send_to_storage(list.put()?).await {
            Err(fault) if fault.status == Some(404) && fault.code.as_deref() == Some("ContainerNotFound") => {}
            other => return other.map(drop),
        }
        self.create_container(list.endpoint, list.container).await?;
        self.session.send_to_storage(list.put()?).await.map(drop)
    }

    /// The blob of that name; `None` when there is none.
    async fn read_list(&self, list: &List<'_>) -> Result<Option<Bytes>, Fault> {
        self.blob_list(list.endpoint, &format!("{}/{}", list.container, list.name)).await
    }

    async fn create_container(&self, endpoint: &str, container: &str) -> Result<(), Fault> {
        let tried = format!("create the container {container}");
        let request = blob_request(&tried, DATA_CONTRIBUTOR, endpoint, &[container], &[("restype", "container")])?;
        match self.session.send_to_storage(request.method(Method::Put, true)).await {
            Err(fault) if fault.code.as_deref() == Some("ContainerAlreadyExists") => Ok(()),
            other => other.map(drop),
        }
    }
}

/// A list under one of the names it may get.
struct List<'a> {
    endpoint: &'a str,
    container: &'a str,
    name: &'a str,
    xml: &'a Bytes,
}

impl<'a> List<'a> {
    fn path(&self) -> Vec<&'a str> {
        std::iter::once(self.container).chain(self.name.split('/')).collect()
    }

    fn tried(&self) -> String {
        format!("upload the blob list to {}/{}", self.container, self.name)
    }

    /// May be repeated: the second time it is refused, and the file that is there compared.
    fn put(&self) -> Result<ApiRequest, Fault> {
        let request = blob_request(&self.tried(), DATA_CONTRIBUTOR, self.endpoint, &self.path(), &[])?;
        let request =
            request.method(Method::Put, true).header("if-none-match", "*").header("x-ms-blob-type", "BlockBlob");
        Ok(request.body("application/xml", self.xml.clone()))
    }

    fn altered(&self, is_there: bool) -> Fault {
        let reason = if is_there {
            "what was read back is not what was sent"
        } else {
            "the service took it, but it is not there to be read back"
        };
        Fault { kind: FaultKind::BrokenAnswer, ..Fault::local(self.tried(), reason) }.advise(
            "No job was created. Try again; if it stays so, something between you and Azure changes what is sent.",
        )
    }
}

/// `lists/a.xml`, then `lists/a-2.xml`.
fn numbered(name: &str, number: u32) -> String {
    match name.rsplit_once('.') {
        _ if number < 2 => name.to_owned(),
        Some((stem, ending)) => format!("{stem}-{number}.{ending}"),
        None => format!("{name}-{number}"),
    }
}
