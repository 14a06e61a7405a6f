//! Which service takes a job of an account: the registration of both, their api-versions, and what Data Box says of the region and the
//! country.

use std::time::{Duration, Instant};

use azure_core::http::Method;

use super::{
    Azure,
    fault::{Fault, FaultKind},
    jobs::speaks,
    model::{LocationQuery, Offer, Provider, ServiceName, ServiceOffer},
    request::roles::{CONTRIBUTOR, READER},
    transport::ApiResponse,
    wire::{self, data_box::answers::SkuAnswer, json::JsonView},
};

pub(super) const PROVIDERS: &str = "2021-04-01";

/// How long a registration is waited for. It takes a minute or two.
const REGISTRATION: Duration = Duration::from_secs(300);

impl Azure {
    /// What is known of each service, Data Box first. A country that is not known yet leaves open whether Data Box takes the job.
    ///
    /// # Errors
    /// `Offline` and `SignedOut`, for nothing is known of any service then. Everything else is an answer about one of them.
    pub async fn services(&self, query: &LocationQuery) -> Result<Vec<ServiceOffer>, Fault> {
        let asked = ServiceName::ALL.map(|service| self.service(service, query));
        futures_util::future::try_join_all(asked).await
    }

    async fn service(&self, service: ServiceName, query: &LocationQuery) -> Result<ServiceOffer, Fault> {
        let provider = match self.provider(service, &query.subscription).await {
            Ok(provider) => provider,
            Err(fault) => {
                let offer = offer_of(fault, service)?;
                return Ok(ServiceOffer { service, registration: String::new(), versions: Vec::new(), offer });
            }
        };
        let offer = match before_asking(service, &provider) {
            Some(offer) => offer,
            None if service == ServiceName::DataBox => self.data_box(query).await?,
            None => Offer::Offered,
        };
        Ok(ServiceOffer { service, registration: provider.registration, versions: provider.api_versions, offer })
    }

    async fn data_box(&self, query: &LocationQuery) -> Result<Offer, Fault> {
        if query.country_code.trim().is_empty() {
            return Ok(Offer::Unknown("it answers only for a country, and the return address has none yet".into()));
        }
        match self.data_box_service.customer_disks(query).await {
            Ok(sku) => Ok(offer_for(sku.as_ref(), query)),
            Err(fault) => offer_of(fault, ServiceName::DataBox),
        }
    }

    /// The state of a service in a subscription (Microsoft page: Providers - Get).
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn provider(&self, service: ServiceName, subscription: &str) -> Result<Provider, Fault> {
        let tried = format!("see whether subscription {subscription} offers {}", service.title());
        let path = ["subscriptions", subscription, "providers", service.namespace()];
        let response = self.session.send(self.session.arm_request(&tried, READER, &path, PROVIDERS)?).await?;
        provider_of(&response)
    }

    /// Registers a subscription for a service and waits until it is (Microsoft page: Providers - Register). After some minutes the state may
    /// still be `Registering`.
    ///
    /// # Errors
    /// As the service answers; see [`Fault`].
    pub async fn register(&self, service: ServiceName, subscription: &str) -> Result<Provider, Fault> {
        let tried = format!("register {} in subscription {subscription}", service.title());
        let path = ["subscriptions", subscription, "providers", service.namespace(), "register"];
        let request = self.session.arm_request(&tried, CONTRIBUTOR, &path, PROVIDERS)?.method(Method::Post, true);
        let mut provider = provider_of(&self.session.send(request).await?)?;
        let (began, mut attempt) = (Instant::now(), 1);
        while provider.registration.eq_ignore_ascii_case("Registering") && began.elapsed() < REGISTRATION {
            attempt += 1;
            let pause = self.session.backoff().saturating_mul(20);
            self.session.pause(pause, attempt, "the subscription is being registered").await;
            provider = self.provider(service, subscription).await?;
        }
        Ok(provider)
    }
}

pub(super) fn provider_of(response: &ApiResponse) -> Result<Provider, Fault> {
    let provider = wire::arm::provider(JsonView::new(&response.json()?));
    if provider.registration.is_empty() {
        return Err(response.broken("the answer does not describe a resource provider"));
    }
    Ok(provider)
}

/// What the registration alone says; `None` when the service has to be asked.
fn before_asking(service: ServiceName, provider: &Provider) -> Option<Offer> {
    if provider.api_versions.is_empty() {
        return Some(Offer::NotOffered("Azure lists no version in which it takes jobs any more".into()));
    }
    if !provider.api_versions.iter().any(|version| speaks(service, version)) {
        let versions = provider.api_versions.join(", ");
        return Some(Offer::NotOffered(format!("it speaks only versions that this program does not: {versions}")));
    }
    (!provider.is_registered()).then_some(Offer::NotRegistered)
}

/// What a refused question says of the service.
fn offer_of(fault: Fault, service: ServiceName) -> Result<Offer, Fault> {
    if matches!(fault.kind, FaultKind::Offline | FaultKind::SignedOut | FaultKind::Local | FaultKind::Cancelled) {
        return Err(fault);
    }
    Ok(match fault.code.as_deref() {
        Some("InvalidResourceNamespace" | "InvalidResourceType") => {
            Offer::NotOffered(format!("this cloud has no {}", service.namespace()))
        }
        Some("MissingSubscriptionRegistration" | "SubscriptionNotRegistered") => Offer::NotRegistered,
        _ if fault.status == Some(410) => Offer::NotOffered(said(&fault)),
        _ if fault.kind == FaultKind::Denied => Offer::Unknown(format!("it cannot be asked: {}", said(&fault))),
        _ => Offer::Unknown(said(&fault)),
    })
}

/// The reason with what support asks for.
fn said(fault: &Fault) -> String {
    let reference = fault.reference();
    if reference.is_empty() { fault.reason.clone() } else { format!("{} [{reference}]", fault.reason) }
}

fn offer_for(sku: Option<&SkuAnswer>, query: &LocationQuery) -> Offer {
    let (region, country) = (&query.region, &query.country_code);
    match sku {
        None => Offer::NotOffered(format!("it lists no customer disks for {region} and {country}")),
        Some(sku) if !sku.enabled => Offer::NotOffered(match &sku.disabled {
            Some(why) if why.message.is_empty() => format!("it says why not: {}", why.code),
            Some(why) if why.code.is_empty() => format!("it says \"{}\"", why.message.trim_end_matches('.')),
            Some(why) => format!("it says \"{}\" (reason {})", why.message.trim_end_matches('.'), why.code),
            None => format!("it does not take customer disks for {region} and {country}"),
        }),
        Some(sku) if !sku.regions.iter().any(|(data, _)| data == region) => {
            Offer::NotOffered(format!("it does not take data of {region}"))
        }
        Some(_) => Offer::Offered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::azure::model::{LocationName, ServiceError};

    fn provider(registration: &str, versions: &[&str]) -> Provider {
        Provider {
            registration: registration.into(),
            api_versions: versions.iter().map(|version| (*version).into()).collect(),
        }
    }

    #[test]
    fn a_service_without_a_common_version_or_a_registration_is_not_asked() {
        let before =
            |registration, versions: &[&str]| before_asking(ServiceName::DataBox, &provider(registration, versions));
        assert_eq!(before("Registered", &["2022-12-01", "2099-01-01"]), None);
        assert_eq!(before("Registering", &["2025-07-01"]), Some(Offer::NotRegistered));
        assert!(matches!(before("Registered", &[]), Some(Offer::NotOffered(_))));
        assert!(
            matches!(before("NotRegistered", &["2018-01-01"]), Some(Offer::NotOffered(why)) if why.contains("2018-01-01"))
        );
    }

    #[test]
    fn a_refused_question_is_not_a_refused_job() {
        let fault = |kind, status, code: &str| Fault {
            kind,
            status: Some(status),
            code: Some(code.into()),
            ..Fault::local("ask", "why")
        };
        let offer = |fault| offer_of(fault, ServiceName::DataBox);
        let denied = offer(fault(FaultKind::Denied, 403, "AuthorizationFailed")).unwrap();
        assert_eq!(denied, Offer::Unknown("it cannot be asked: why [HTTP 403 · AuthorizationFailed]".into()));
        let missing = offer(fault(FaultKind::Gone, 404, "InvalidResourceNamespace")).unwrap();
        assert_eq!(missing, Offer::NotOffered("this cloud has no Microsoft.DataBox".into()));
        let unregistered = offer(fault(FaultKind::Conflict, 409, "MissingSubscriptionRegistration"));
        assert_eq!(unregistered.unwrap(), Offer::NotRegistered);
        assert!(matches!(offer(fault(FaultKind::Gone, 410, "Retired")), Ok(Offer::NotOffered(_))));
        assert!(matches!(offer(fault(FaultKind::Service, 500, "InternalError")), Ok(Offer::Unknown(_))));
        assert!(offer(Fault { kind: FaultKind::Offline, ..Fault::local("ask", "no network") }).is_err());
    }

    #[test]
    fn the_reason_of_a_disabled_sku_is_shown_verbatim() {
        let query = LocationQuery {
            region: LocationName::new("westus"),
            country_code: "US".into(),
            ..LocationQuery::default()
        };
        let sku = |enabled, region: &str, why: Option<(&str, &str)>| SkuAnswer {
            enabled,
            disabled: why.map(|(code, message)| ServiceError { code: code.into(), message: message.into() }),
            regions: vec![(LocationName::new(region), LocationName::new("westus"))],
        };
        let not = |sku: Option<SkuAnswer>| match offer_for(sku.as_ref(), &query) {
            Offer::NotOffered(why) => why,
            other => format!("{other:?}"),
        };
        assert_eq!(not(Some(sku(true, "West US", None))), "Offered");
        assert_eq!(
            not(Some(sku(false, "westus", Some(("OfferType", "Not for this offer."))))),
            "it says \"Not for this offer\" (reason OfferType)"
        );
        assert_eq!(not(Some(sku(false, "westus", Some(("Country", ""))))), "it says why not: Country");
        assert_eq!(not(Some(sku(true, "eastus", None))), "it does not take data of westus");
        assert_eq!(not(None), "it lists no customer disks for westus and US");
    }
}
