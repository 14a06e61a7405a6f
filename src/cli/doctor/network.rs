//! The way to Azure: the proxy, an answer at all, and this machine's clock against that of the service.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use tokio::time::timeout;

use super::check::{CheckVerdict, DoctorArea, DoctorCheck};
use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::{Azure, proxy_to};

/// How long Azure Resource Manager may take to answer.
pub(super) const WAIT: Duration = Duration::from_secs(20);
/// From here on a service may refuse tokens of this machine, which it takes for not yet or no longer valid.
const TOO_FAR: SignedDuration = SignedDuration::from_mins(5);
/// From here on something keeps the clock wrong.
const NOTICED: SignedDuration = SignedDuration::from_secs(60);

/// Proxy, reachability and clock. The second member is whether Azure answered at all.
pub(super) async fn checks(cloud: &Cloud) -> (Vec<DoctorCheck>, bool) {
    let proxy = match proxy_to(&cloud.arm) {
        Some(proxy) => DoctorCheck::new(DoctorArea::Network, "Proxy", CheckVerdict::Ok, proxy),
        None => DoctorCheck::new(DoctorArea::Network, "Proxy", CheckVerdict::Ok, "none"),
    };
    let began = Instant::now();
    let asked = timeout(WAIT, Azure::service_time(cloud)).await;
    let asked = asked.unwrap_or_else(|_| Err(too_slow("reach Azure Resource Manager")));
    let half = SignedDuration::try_from(began.elapsed() / 2).unwrap_or_default();
    match asked {
        Ok(theirs) => {
            let ours = Timestamp::now().saturating_sub(half).unwrap_or_else(|_| Timestamp::now());
            let reached = format!("{} answers", cloud.arm);
            let reached = DoctorCheck::new(DoctorArea::Network, cloud.title(), CheckVerdict::Ok, reached);
            (vec![proxy, reached, clock(ours, theirs)], true)
        }
        Err(fault) => {
            let clock =
                DoctorCheck::new(DoctorArea::Network, "Clock", CheckVerdict::NotChecked, "no answer to compare with");
            (vec![proxy, DoctorCheck::of_fault(DoctorArea::Network, cloud.title(), &fault), clock], false)
        }
    }
}

/// A request that took too long.
pub(super) fn too_slow(tried: &str) -> Fault {
    Fault::local(tried, format!("there was no answer within {} seconds", WAIT.as_secs()))
        .advise("DoctorCheck the network and the proxy (HTTPS_PROXY).")
}

/// Our time against theirs, which is of whole seconds.
fn clock(ours: Timestamp, theirs: Timestamp) -> DoctorCheck {
    let ahead = ours.duration_since(theirs);
    let off = ahead.abs();
    let check = |verdict, message: String| DoctorCheck::new(DoctorArea::Network, "Clock", verdict, message);
    if off < NOTICED {
        return check(CheckVerdict::Ok, "as that of the service, within a minute".to_owned());
    }
    let direction = if ahead.is_negative() { "behind" } else { "ahead of" };
    let minutes = off.as_mins().max(1);
    let message = format!("{} {direction} the service's", crate::wording::many(minutes.unsigned_abs(), "minute"));
    let verdict = if off >= TOO_FAR { CheckVerdict::Failed } else { CheckVerdict::Warning };
    check(verdict, message).advise("Set this machine's clock; services refuse sign-ins and signatures of another time.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_judged_by_how_far_it_is_off() {
        let ours: Timestamp = "2026-11-26T12:00:00Z".parse().unwrap();
        for (theirs, verdict, words) in [
            ("2026-11-26T12:00:59Z", CheckVerdict::Ok, "within a minute"),
            ("2026-11-26T12:02:00Z", CheckVerdict::Warning, "2 minutes behind"),
            ("2026-11-26T11:55:00Z", CheckVerdict::Failed, "5 minutes ahead of"),
            ("2026-11-26T14:00:00Z", CheckVerdict::Failed, "120 minutes behind"),
        ] {
            let check = clock(ours, theirs.parse().unwrap());
            assert_eq!(check.verdict, verdict, "{check:?}");
            assert!(check.message.contains(words), "{check:?}");
            assert_eq!(check.advice.is_some(), verdict != CheckVerdict::Ok);
        }
    }
}
