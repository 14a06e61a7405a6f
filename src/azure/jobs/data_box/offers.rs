//! Whether and where the service takes jobs, and what it thinks of one before it exists.

use super::{super::client::Operation, DataBoxService, paths};
use crate::azure::{
    fault::Fault,
    model::{JobAddress, JobCheck, Location, LocationName, LocationQuery, NewJob},
    request::roles::DATA_BOX_CONTRIBUTOR,
    transport::ApiResponse,
    wire::{
        data_box::{
            answers::{self, DatacenterAnswer, SkuAnswer},
            questions,
        },
        json::JsonView,
    },
};

impl DataBoxService {
    /// What the service says of the customer's own disks for this region and country; `None` when it does not list them.
    pub(crate) async fn customer_disks(&self, query: &LocationQuery) -> Result<Option<SkuAnswer>, Fault> {
        let tried = format!("see whether Data Box exports from {} to {}", query.region, query.country_code);
        let body = questions::available_skus(&query.region, &query.country_code);
        let response = self.ask(query, &tried, "availableSkus", body).await?;
        let skus = self.client.session().pages_from(response, answers::customer_disk_sku).await?;
        Ok(skus.into_iter().next())
    }

    /// The places that drives are shipped to for data of this region: the service names them, nobody chooses.
    pub(super) async fn shipping_locations(&self, query: &LocationQuery) -> Result<Vec<Location>, Fault> {
        let Some(sku) = self.customer_disks(query).await? else { return Ok(Vec::new()) };
        let served = sku.regions.into_iter().filter(|(data, _)| *data == query.region);
        let regions: Vec<LocationName> = served.map(|(_, service)| service).collect();
        if regions.is_empty() {
            return Ok(Vec::new());
        }
        let datacenter = self.datacenter(query).await?;
        Ok(locations(regions, datacenter))
    }

    async fn datacenter(&self, query: &LocationQuery) -> Result<Option<DatacenterAnswer>, Fault> {
        let tried = format!("read the shipping address for data of {}", query.region);
        let body = questions::region_configuration(&query.region);
        let response = self.ask(query, &tried, "regionConfiguration", body).await?;
        Ok(answers::datacenter(JsonView::new(&response.json()?)))
    }

    /// What the service thinks of a job before it exists.
    pub(super) async fn validate(&self, at: &JobAddress, job: &NewJob) -> Result<Vec<JobCheck>, Fault> {
        let tried = format!("have the service check the job {}", at.name);
        let query = LocationQuery {
            subscription: at.subscription.clone(),
            resource_group: at.resource_group.clone(),
            region: job.location.clone(),
            country_code: String::new(),
        };
        let response = self.ask(&query, &tried, "validateInputs", questions::validate_inputs(job)).await?;
        let checks = answers::checks(JsonView::new(&response.json()?));
        checks.ok_or_else(|| response.broken("the answer holds no checks"))
    }

    async fn ask(
        &self,
        query: &LocationQuery,
        tried: &str,
        question: &str,
        body: serde_json::Value,
    ) -> Result<ApiResponse, Fault> {
        let path = paths::question(&query.subscription, &query.resource_group, query.region.as_str(), question);
        let operation = Operation { role: DATA_BOX_CONTRIBUTOR, ..Operation::question(tried, path, Some(body)) };
        self.client.run(&operation).await?.success()
    }
}

/// One place a region. The address belongs to the region that the datacenter says it is in, or to the only one there is.
fn locations(regions: Vec<LocationName>, datacenter: Option<DatacenterAnswer>) -> Vec<Location> {
    let only = regions.len() == 1;
    let mut locations: Vec<Location> =
        regions.into_iter().map(|name| Location { title: name.to_string(), name, ..Location::default() }).collect();
    if let Some(DatacenterAnswer { address, carriers, region }) = datacenter {
        let is_there = |location: &Location| only || region.as_ref().is_none_or(|region| *region == location.name);
        if let Some(location) = locations.iter_mut().find(|location| is_there(location)) {
            location.address = address;
            location.carriers = carriers;
        }
    }
    locations
}
