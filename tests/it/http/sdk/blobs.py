"""The unmodified Blob storage SDK against the simulated Azure: listing flat and by folder, in XML and in Apache Arrow, with Shared Key,
SAS and token.

Reads the line that `blobfreight simulate` prints from the first argument."""
import datetime
import json
import sys

from azure.core.exceptions import HttpResponseError
from azure.storage.blob import AccountSasPermissions, BlobPrefix, BlobServiceClient, ResourceTypes, generate_account_sas, generate_container_sas

ends = json.loads(sys.argv[1])
account = ends["blob"].rsplit("/", 1)[1]
service = BlobServiceClient(ends["blob"], credential=ends["storageKey"])

names = [c.name for c in service.list_containers(include_metadata=True)]
assert "$root" in names and "book" in names and "books" in names, names
assert [c.name for c in service.list_containers(name_starts_with="book", results_per_page=1)] == ["book", "books"]

lab = service.get_container_client("lab")
whole = [b.name for b in lab.list_blobs()]
paged = [b.name for b in lab.list_blobs(results_per_page=7)]
assert whole == paged == sorted(whole) and len(whole) > 1400, len(whole)
top = [b.name for b in lab.walk_blobs()]
assert "a" in top and "a/" in top and isinstance(next(b for b in lab.walk_blobs() if b.name == "a/"), BlobPrefix), top
assert [b.name for b in lab.walk_blobs(name_starts_with="runs/2024/0001/")] == ["runs/2024/0001/notes.md", "runs/2024/0001/result.parquet"]

snapshots = [b for b in service.get_container_client("book").list_blobs(name_starts_with="manuscript", include=["snapshots", "metadata"]) if b.snapshot]
assert len(snapshots) == 5 and snapshots[0].metadata == {"editor": "L. Aaltonen"}
odd = {b.name for b in service.get_container_client("odd-names").list_blobs()}
assert {"not-xml/\ufffe-mark.bin", "tab\tinside.txt", "double//slash.txt", "trailing space ", "日本語/写真-0001.jpg"} <= odd, odd
kinds = {b.blob_type for c in ("vhds", "lab") for b in service.get_container_client(c).list_blobs()}
assert len(kinds) == 3, kinds
assert any(b.blob_tier == "Archive" for b in service.get_container_client("footage").list_blobs(name_starts_with="2018-rondane/"))



def told(blob):
    """What both forms of a listing say of a blob."""
    if isinstance(blob, BlobPrefix):
        return blob.name, "folder"
    settings = blob.content_settings
    return (blob.name, blob.snapshot, blob.version_id, blob.is_current_version, bool(blob.deleted), blob.size, str(blob.blob_type), blob.blob_tier,
            blob.last_modified, blob.creation_time, blob.etag, settings.content_type, blob.lease.state, blob.metadata or {})


everything = ["snapshots", "versions", "metadata", "deleted"]
for name in names:
    container = service.get_container_client(name)
    for size in (3, 5000) if name != "lab" else (100,):
        ways = [[told(b) for b in container.list_blobs(include=everything, results_per_page=size, response_format=form)] for form in ("xml", "arrow")]
        assert ways[0] and ways[0] == ways[1], (name, [pair for pair in zip(*ways) if pair[0] != pair[1]][:3])
    ways = [sorted(map(str, (told(b) for b in container.walk_blobs(results_per_page=4, response_format=form)))) for form in ("xml", "arrow")]
    assert ways[0] == ways[1], (name, ways)
named = [b.name for b in lab.list_blobs(start_from="a", end_before="c", response_format="arrow")]
assert named == [name for name in whole if "a" <= name < "c"] and named, named

box = service.create_container("sdk-box", metadata={"made": "here"})
blob = box.get_blob_client("folder/list ü.xml")
blob.upload_blob(b"<BlobList/>", metadata={"k": "v"}, content_type="text/xml")
assert blob.download_blob().readall() == b"<BlobList/>" and blob.get_blob_properties().metadata == {"k": "v"} and blob.get_blob_properties().size == 11
time = blob.create_snapshot()["snapshot"]
assert [b.snapshot for b in box.list_blobs(include="snapshots")] == [time, None]
assert service.get_blob_client("lab", "calibration/density.json").download_blob(offset=10, length=5).readall().__len__() == 5

expiry = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
sas = generate_account_sas(account, ends["storageKey"], ResourceTypes(service=True, container=True, object=True), AccountSasPermissions(read=True, list=True), expiry)
seen = [c.name for c in BlobServiceClient(ends["blob"], credential=sas).list_containers()]
assert sorted(seen) == sorted(names + ["sdk-box"]), seen
sas = generate_container_sas(account, "sdk-box", ends["storageKey"], permission="l", expiry=expiry)
assert [b.name for b in BlobServiceClient(ends["blob"], credential=sas).get_container_client("sdk-box").list_blobs()] == ["folder/list ü.xml"]

for bad in (sas.replace("sig=", "sig=x"), ends["storageKey"][:-4] + "AAA="):
    try:
        list(BlobServiceClient(ends["blob"], credential=bad).get_container_client("sdk-box").list_blobs())
    except HttpResponseError as error:
        assert error.status_code == 403 and error.error_code == "AuthenticationFailed", error
    else:
        raise AssertionError("a wrong signature was accepted")

blob.delete_blob(delete_snapshots="include")
service.delete_container("sdk-box")
print("blobs: ok")
