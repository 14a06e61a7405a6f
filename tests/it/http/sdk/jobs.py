"""The unmodified SDK of Microsoft.ImportExport against the simulated Azure: every operation, each checked by its outcome.

Reads the line that `blobfreight simulate` prints from the first argument."""
import json
import sys
import urllib.request

from azure.mgmt.storageimportexport import StorageImportExport
from azure.mgmt.storageimportexport import models as m
from azure.mgmt.storageimportexport.models import ErrorResponseException
from msrest.authentication import BasicTokenAuthentication

ends = json.loads(sys.argv[1])
client = StorageImportExport(BasicTokenAuthentication({"access_token": ends["token"]}), ends["subscription"], "en-us", base_url=ends["arm"])
group = ends["resourceGroup"]


def hurry(hours):
    body = json.dumps({"advanceHours": hours}).encode()
    urllib.request.urlopen(urllib.request.Request(ends["arm"] + "/simulator/clock", body, method="POST")).read()


def refused(code, call):
    try:
        call()
    except ErrorResponseException as error:
        assert error.inner_exception.code == code, error.inner_exception.code
        return
    raise AssertionError(f"{code} was expected")


locations = list(client.locations.list())
assert len(locations) == 32, len(locations)
north = client.locations.get("northeurope")
assert north.name == "North Europe" and north.alternate_locations == ["/providers/Microsoft.ImportExport/locations/westeurope"], north
assert "do not ship" in client.locations.get("West Europe").street_address1
assert any(o.name == "Microsoft.ImportExport/jobs/write" for o in client.operations.list())

address = m.ReturnAddress(recipient_name="A", street_address1="1 Way", city="Ghent", postal_code="9000", country_or_region="Belgium", phone="+32 0", email="ops@example.com")
details = m.JobDetails(
    storage_account_id=ends["storageAccount"], job_type="Export", diagnostics_path="waimportexport", log_level="Verbose", backup_drive_manifest=True,
    return_address=address, return_shipping=m.ReturnShipping(carrier_name="FedEx", carrier_account_number="000"),
    export=m.Export(blob_path=["book/manuscript.docx"], blob_path_prefix=["/books/"]),
)
job = client.jobs.create("sdk-export", group, m.PutJobParameters(location="westeurope", tags={"ticket": "4711"}, properties=details))
assert job.properties.state == "Creating" and job.location == "westeurope" and job.tags == {"ticket": "4711"}
assert "do not ship" in job.properties.shipping_information.street_address1

job = client.jobs.get("sdk-export", group)
assert job.location == "West Europe" and job.properties.export.blob_path_prefix == ["/books/"]
assert [j.name for j in client.jobs.list_by_resource_group(group)] == ["sdk-export"]
assert [j.name for j in client.jobs.list_by_subscription(top=1, filter="type eq 'Export' and state eq 'Creating'")] == ["sdk-export"]
assert list(client.jobs.list_by_subscription(filter="state eq 'Completed'")) == []
assert list(client.bit_locker_keys.list("sdk-export", group)) == []

shipped = m.PackageInfomation(carrier_name="FedEx", tracking_number="77", drive_count=2, ship_date="2026-04-01T00:00:00Z")
# This version of the API needs all four fields of a package.
update = m.UpdateJobParameters(state="Shipping", delivery_package=shipped)
job = client.jobs.update("sdk-export", group, update)
assert job.properties.state == "Shipping", job.properties.state
refused("JobStateConflict", lambda: client.jobs.delete("sdk-export", group))

hurry(96)
job = client.jobs.get("sdk-export", group)
assert job.properties.state == "Transferring" and len(job.properties.drive_list) == 2 and 0 < job.properties.percent_complete < 100
hurry(96)
job = client.jobs.get("sdk-export", group)
assert job.properties.state == "Completed" and job.properties.return_package.drive_count == 2
keys = list(client.bit_locker_keys.list("sdk-export", group))
assert [k.drive_id for k in keys] == [d.drive_id for d in job.properties.drive_list]
for key in keys:
    groups = key.bit_locker_key.split("-")
    assert len(groups) == 8 and all(len(g) == 6 and int(g) % 11 == 0 for g in groups), key.bit_locker_key

client.jobs.delete("sdk-export", group)
refused("ResourceNotFound", lambda: client.jobs.get("sdk-export", group))
print("jobs: ok")
