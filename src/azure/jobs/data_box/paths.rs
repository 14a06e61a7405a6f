//! The paths of the service's operations below Azure Resource Manager.

use crate::azure::model::{JobAddress, ServiceName};

const NAMESPACE: &str = ServiceName::DataBox.namespace();

/// The jobs of a subscription.
pub(super) fn jobs(subscription: &str) -> Vec<&str> {
    vec!["subscriptions", subscription, "providers", NAMESPACE, "jobs"]
}

/// The jobs of a resource group.
pub(super) fn jobs_of_group<'a>(subscription: &'a str, group: &'a str) -> Vec<&'a str> {
    vec!["subscriptions", subscription, "resourceGroups", group, "providers", NAMESPACE, "jobs"]
}

/// One job.
pub(super) fn job(at: &JobAddress) -> Vec<&str> {
    let mut path = jobs_of_group(&at.subscription, &at.resource_group);
    path.push(&at.name);
    path
}

/// What is done with a job, e.g. `cancel`.
pub(super) fn action<'a>(at: &'a JobAddress, action: &'a str) -> Vec<&'a str> {
    let mut path = job(at);
    path.push(action);
    path
}

/// What is asked of the service in a region, e.g. `availableSkus`.
pub(super) fn question<'a>(subscription: &'a str, group: &'a str, region: &'a str, question: &'a str) -> Vec<&'a str> {
    vec!["subscriptions", subscription, "resourceGroups", group, "providers", NAMESPACE, "locations", region, question]
}
