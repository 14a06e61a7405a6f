"""The unmodified SDK of Microsoft.DataBox against the simulated Azure: a whole export, each step checked by its outcome.

Reads the line that `blobfreight simulate` prints from the first argument. The bearer policy of the SDK refuses plain http, so
another one adds the same header."""
import json
import sys
import urllib.request

from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.mgmt.databox import DataBoxManagementClient
from azure.mgmt.databox import models as m

ends = json.loads(sys.argv[1])
group, account = ends["resourceGroup"], ends["storageAccount"]


class Bearer(SansIOHTTPPolicy):
    def on_request(self, request):
        request.http_request.headers["Authorization"] = "Bearer " + ends["token"]


client = DataBoxManagementClient(object(), ends["subscription"], ends["arm"], credential_scopes=["x"], authentication_policy=Bearer(), polling_interval=0)


def control(path, body):
    request = urllib.request.Request(ends["arm"] + "/simulator/" + path, json.dumps(body).encode(), method="POST")
    return json.load(urllib.request.urlopen(request))


def refused(status, code, call):
    try:
        call()
    except HttpResponseError as error:
        assert (error.status_code, error.error.code) == (status, code), (error.status_code, error.error)
        return
    raise AssertionError(f"{code} was expected")


assert any(o.name == "Microsoft.DataBox/jobs/write" for o in client.operations.list())
device, exporting = "DataBoxCustomerDisk", "ExportFromAzure"
skus = list(client.service.list_available_skus_by_resource_group(
    group, "westeurope", m.AvailableSkuRequest(transfer_type=exporting, country="NO", location="westeurope", sku_names=[device])))
assert len(skus) == 1 and skus[0].enabled and skus[0].sku.name == device, skus
service = skus[0].properties.data_location_to_service_location_map[0].service_location
asked = m.RegionConfigurationRequest(datacenter_address_request=m.DatacenterAddressRequest(storage_location=service, sku_name=device))
address = client.service.region_configuration("westeurope", asked).datacenter_address_response
assert isinstance(address, m.DatacenterAddressLocationResponse) and "do not ship" in address.street1, address
asked.datacenter_address_request.storage_location = "uksouth"
instruction = client.service.region_configuration_by_resource_group(group, "uksouth", asked).datacenter_address_response
assert isinstance(instruction, m.DatacenterAddressInstructionResponse) and instruction.communication_instruction, instruction

contact = m.ContactDetails(contact_name="Ada Lovelace", phone="+47 00000000", email_list=["ada@example.com"])
shipping = m.ShippingAddress(street_address1="1 Example Way", city="Oslo", postal_code="0150", country="NO", company_name="Example AS")
include = m.TransferFilterDetails(data_account_type="StorageAccount", blob_filter_details=m.BlobFilterDetails(container_list=["book", "books"]))
exports = [m.DataExportDetails(
    transfer_configuration=m.TransferConfiguration(
        transfer_configuration_type="TransferUsingFilter", transfer_filter_details=m.TransferConfigurationTransferFilterDetails(include=include)),
    log_collection_level="Verbose", account_details=m.StorageAccountDetails(storage_account_id=account))]
checks = m.CreateJobValidations(individual_request_details=[
    m.SubscriptionIsAllowedToCreateJobValidationRequest(),
    m.SkuAvailabilityValidationRequest(device_type=device, transfer_type=exporting, country="NO", location="westeurope"),
    m.CreateOrderLimitForSubscriptionValidationRequest(device_type=device),
    m.DataTransferDetailsValidationRequest(device_type=device, transfer_type=exporting, data_export_details=exports),
    m.ValidateAddress(device_type=device, shipping_address=shipping),
    m.PreferencesValidationRequest(device_type=device),
])
checked = client.service.validate_inputs("westeurope", checks).properties
assert checked.status == "AllValidToProceed" and len(checked.individual_response_details) == 6, checked
assert all(answer.error.code == "Success" for answer in checked.individual_response_details)
houses = client.service.validate_address("westeurope", m.ValidateAddress(device_type=device, shipping_address=shipping)).properties
assert houses.validation_status == "Valid" and houses.alternate_addresses[0].city == "OSLO", houses


def order(tags):
    details = m.DataBoxCustomerDiskJobDetails(
        contact_details=contact, shipping_address=shipping, data_export_details=exports, enable_manifest_backup=True,
        return_to_customer_package_details=m.PackageCarrierDetails(carrier_name="DHL", carrier_account_number="123456789"))
    return m.JobResource(location="westeurope", tags=tags, sku=m.Sku(name=device), transfer_type=exporting, details=details)


refused(404, "SsemUserErrorEntityNotFound", lambda: client.jobs.get(group, "sdk-export"))
job = client.jobs.begin_create(group, "sdk-export", order({"ticket": "4711"})).result()
assert job.name == "sdk-export" and job.status == "Created" and job.is_cancellable and not job.is_deletable, job
refused(409, "SsemUserErrorOrderAlreadyExists", lambda: client.jobs.begin_create(group, "sdk-export", order({})))
control("clock", {"advanceHours": 1})
assert [j.name for j in client.jobs.list_by_resource_group(group)] == ["sdk-export"] == [j.name for j in client.jobs.list()]
job = client.jobs.get(group, "sdk-export", expand="details")
assert job.status == "AwaitingShipmentDetails" and isinstance(job.details, m.DataBoxCustomerDiskJobDetails), job
assert isinstance(job.details.datacenter_address, m.DatacenterAddressLocationResponse)
assert job.details.return_to_customer_package_details.carrier_account_number is None

shipping.street_address1 = "2 Example Way"
changed = m.JobResourceUpdateParameter(tags={"ticket": "4712"}, details=m.UpdateJobDetails(contact_details=contact, shipping_address=shipping))
job = client.jobs.begin_update(group, "sdk-export", changed).result()
assert job.tags == {"ticket": "4712"} and job.details.shipping_address.street_address1 == "2 Example Way", job

package = m.MarkDevicesShippedRequest(deliver_to_dc_package_details=m.PackageCarrierInfo(carrier_name="DHL", tracking_id="77"))
client.jobs.mark_devices_shipped("sdk-export", group, package)
refused(409, "SsemUserErrorInvalidOrderState", lambda: client.jobs.mark_devices_shipped("sdk-export", group, package))
refused(409, "SsemUserErrorInvalidOrderState", lambda: client.jobs.cancel(group, "sdk-export", m.CancellationReason(reason="x")))
control("clock", {"advanceHours": 96})
job = client.jobs.get(group, "sdk-export", expand="details")
drive = job.details.copy_progress[0]
assert job.status == "DataCopy" and drive.copy_status == "InProgress" and 0 < drive.bytes_processed < drive.total_bytes_to_process, job
assert [s.stage_name for s in job.details.job_stages if s.stage_status == "InProgress"] == ["DataCopy"]
assert list(client.jobs.list_credentials(group, "sdk-export"))[0].job_secrets.disk_secrets == []
control("clock", {"advanceHours": 200})
job = client.jobs.get(group, "sdk-export", expand="details")
drive = job.details.copy_progress[0]
assert job.status == "Completed" and drive.files_processed == drive.total_files_to_process and job.is_deletable, job
assert isinstance(job.details.copy_log_details[0], m.DataBoxCustomerDiskCopyLogDetails) and "databoxcopylog" in job.details.copy_log_details[0].error_log_link
assert job.details.export_disk_details_collection[drive.serial_number].manifest_hash
secrets = list(client.jobs.list_credentials(group, "sdk-export"))[0].job_secrets
assert isinstance(secrets, m.CustomerDiskJobSecrets) and secrets.carrier_account_number == "123456789", secrets
assert [d.disk_serial_number for d in secrets.disk_secrets] == [d.serial_number for d in job.details.copy_progress]
assert all(len(d.bit_locker_key.split("-")) == 8 for d in secrets.disk_secrets)

client.jobs.begin_create(group, "sdk-other", order(None)).result()
client.jobs.cancel(group, "sdk-other", m.CancellationReason(reason="Changed plans"))
job = client.jobs.get(group, "sdk-other", expand="details")
assert job.status == "Cancelled" and job.cancellation_reason == "Changed plans" and job.details.contact_details.email_list == [], job
control("faults", {"method": "PUT", "path": "sdk-third", "kind": "createFails"})
refused(400, "SsemUserErrorOrderCreationFailed", lambda: client.jobs.begin_create(group, "sdk-third", order({})).result())

for name in ["sdk-export", "sdk-other", "sdk-other"]:
    client.jobs.begin_delete(group, name).result()
    try:
        client.jobs.get(group, name)
        raise AssertionError(f"{name} is still there")
    except ResourceNotFoundError:
        pass
print("data box: ok")
