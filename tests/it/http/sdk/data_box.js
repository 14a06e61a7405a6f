// The unmodified SDK of Microsoft.DataBox for JavaScript (api-version 2022-12-01) against the simulated Azure: a whole export.
// Reads the line that `blobfreight simulate` prints from the first argument. The bearer policy of the SDK refuses plain http, so
// another one adds the same header.
const assert = require("node:assert");
const { DataBoxManagementClient } = require("@azure/arm-databox");

const ends = JSON.parse(process.argv[2]);
const group = ends.resourceGroup;
const wait = { updateIntervalInMs: 1 };

const credential = { getToken: async () => ({ token: ends.token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
const client = new DataBoxManagementClient(credential, ends.subscription, { endpoint: ends.arm, $host: ends.arm, allowInsecureConnection: true });
client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
client.pipeline.addPolicy({
    name: "rehearsalBearer",
    sendRequest: (request, next) => {
        request.headers.set("Authorization", `Bearer ${ends.token}`);
        return next(request);
    },
});

async function hours(advanceHours) {
    const answer = await fetch(`${ends.arm}/simulator/clock`, { method: "POST", body: JSON.stringify({ advanceHours }) });
    assert.ok(answer.ok);
}

async function all(pages) {
    const found = [];
    for await (const item of pages) found.push(item);
    return found;
}

const exports_ = [{
    transferConfiguration: {
        transferConfigurationType: "TransferAll",
        transferAllDetails: { include: { dataAccountType: "StorageAccount", transferAllBlobs: true, transferAllFiles: false } },
    },
    logCollectionLevel: "Verbose",
    accountDetails: { dataAccountType: "StorageAccount", storageAccountId: ends.storageAccount },
}];
const shippingAddress = { streetAddress1: "1 Example Way", city: "Oslo", postalCode: "0150", country: "NO", companyName: "Example AS" };
const contactDetails = { contactName: "Ada Lovelace", phone: "+47 00000000", emailList: ["ada@example.com"] };
const order = {
    location: "westeurope",
    sku: { name: "DataBoxCustomerDisk" },
    transferType: "ExportFromAzure",
    details: {
        jobDetailsType: "DataBoxCustomerDisk",
        contactDetails,
        shippingAddress,
        dataExportDetails: exports_,
        returnToCustomerPackageDetails: { carrierName: "DHL", carrierAccountNumber: "123456789" },
    },
};

async function main() {
    const asked = { transferType: "ExportFromAzure", country: "NO", location: "westeurope", skuNames: ["DataBoxCustomerDisk"] };
    const [sku] = await all(client.service.listAvailableSkusByResourceGroup(group, "westeurope", asked));
    assert.ok(sku.enabled);
    const place = { datacenterAddressRequest: { storageLocation: "westeurope", skuName: "DataBoxCustomerDisk" } };
    const region = await client.service.regionConfiguration("westeurope", place);
    assert.strictEqual(region.datacenterAddressResponse.datacenterAddressType, "DatacenterAddressLocation");
    const checked = await client.service.validateInputs("westeurope", {
        validationCategory: "JobCreationValidation",
        individualRequestDetails: [
            { validationType: "ValidateDataTransferDetails", deviceType: "DataBoxCustomerDisk", transferType: "ExportFromAzure", dataExportDetails: exports_ },
            { validationType: "ValidateAddress", deviceType: "DataBoxCustomerDisk", shippingAddress },
        ],
    });
    assert.strictEqual(checked.status, "AllValidToProceed");

    let job = await client.jobs.beginCreateAndWait(group, "node-export", order, wait);
    assert.strictEqual(job.status, "Created");
    await hours(1);
    assert.deepStrictEqual((await all(client.jobs.listByResourceGroup(group))).map((j) => j.name), ["node-export"]);
    job = await client.jobs.beginUpdateAndWait(group, "node-export", { details: { contactDetails: { ...contactDetails, phone: "+47 11111111" } } }, wait);
    assert.strictEqual(job.details.contactDetails.phone, "+47 11111111");
    await client.jobs.markDevicesShipped("node-export", group, { deliverToDcPackageDetails: { carrierName: "DHL", trackingId: "77" } });
    await hours(300);
    job = await client.jobs.get(group, "node-export", { expand: "details" });
    // The sample account has append blobs and archived ones, which are not exported.
    assert.strictEqual(job.status, "CompletedWithErrors");
    const drives = job.details.copyProgress;
    assert.ok(drives.every((d) => d.copyStatus === "CompletedWithErrors" && d.bytesProcessed === d.totalBytesToProcess), JSON.stringify(drives));
    const [secrets] = await all(client.jobs.listCredentials(group, "node-export"));
    assert.deepStrictEqual(secrets.jobSecrets.diskSecrets.map((d) => d.diskSerialNumber), drives.map((d) => d.serialNumber));

    await client.jobs.beginCreateAndWait(group, "node-other", order, wait);
    await client.jobs.cancel(group, "node-other", { reason: "Changed plans" });
    assert.strictEqual((await client.jobs.get(group, "node-other")).cancellationReason, "Changed plans");
    for (const name of ["node-export", "node-other"]) await client.jobs.beginDeleteAndWait(group, name, wait);
    await assert.rejects(client.jobs.get(group, "node-export"), (error) => error.statusCode === 404 && error.code === "SsemUserErrorEntityNotFound");
    console.log("data box: ok");
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
