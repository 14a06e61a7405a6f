//! Which account with a carrier serves the way back: a domestic one inside a country, an international one over a border (Microsoft
//! page: What is the Azure Import/Export service).

use crate::form::DriveOrigin;
use crate::form::country::Country;

/// Which account is needed, as far as both ends of the way are known.
pub(super) fn note(origin: DriveOrigin, home: Option<&Country>) -> String {
    match (origin, home) {
        (DriveOrigin::Settled(there), Some(home)) => way(there, home),
        (DriveOrigin::Expected(there), Some(home)) => {
            format!("{} The account's region says so; the step Location settles it.", way(there, home))
        }
        (DriveOrigin::Settled(there) | DriveOrigin::Expected(there), None) => {
            format!("A domestic account if the drives stay in {}, an international one otherwise.", there.name)
        }
        (DriveOrigin::Unknown, _) => {
            "Whether it has to be a domestic or an international account is known once the location is.".to_owned()
        }
    }
}

fn way(there: &Country, home: &Country) -> String {
    if there == home {
        return format!("The way back stays in {}: a domestic account there serves.", home.name);
    }
    format!("The way back goes from {} to {}: it takes an international account.", there.name, home.name)
}
