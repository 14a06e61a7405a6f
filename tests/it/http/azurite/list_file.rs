//! A list file in the account of the emulator, by its key: its own name, nothing written over, read back.

use crate::http::azurite::emulator::azurite;
use crate::http::azurite::shown::{KEY, session};
use crate::http::azurite::upload::Service;

#[tokio::test]
async fn a_list_takes_the_next_name_where_another_file_is_and_is_found_again() {
    let Some(azurite) = azurite(KEY) else { return };
    let service = Service::new(&azurite.endpoint, KEY);
    let azure = session(&azurite, "AZURE_STORAGE_KEY", KEY, 5_000);
    let upload = async |xml: &str| {
        azure.upload_list(&azurite.endpoint, "lists", "d 1/ü.xml", xml.as_bytes().to_vec()).await.unwrap()
    };
    let content =
        async |path: &str| service.done("GET", &crate::http::azurite::upload::blob(path), &[], b"").await.text;
    assert_eq!(upload("<BlobList>one</BlobList>").await, "d 1/ü.xml", "the container is made");
    // Somebody else's file under the very next name.
    service.put("lists/d 1/ü-2.xml", "BlockBlob", &[], b"not ours").await;
    assert_eq!(upload("<BlobList>two</BlobList>").await, "d 1/ü-3.xml");
    assert_eq!(upload("<BlobList>two</BlobList>").await, "d 1/ü-3.xml", "it is there already");
    assert_eq!(content("lists/d 1/ü.xml").await, "<BlobList>one</BlobList>");
    assert_eq!(content("lists/d 1/ü-2.xml").await, "not ours");
    assert_eq!(content("lists/d 1/ü-3.xml").await, "<BlobList>two</BlobList>");
}
