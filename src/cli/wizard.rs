//! `blobfreight`, `blobfreight rehearse` and `blobfreight resume`: the wizard in the terminal.

use super::Setting;
use super::failure::Failure;
use crate::app::Settings;
use crate::app::protocol::Opening;
use crate::azure::access::AccountAccess;
use crate::draft::GivenAccount;
use crate::driver;
use crate::driver::live::{CLOCK_RATE, Live};
use crate::driver::record::{self, Recording};
use crate::term::{self, Caps};

/// Runs a session and gives its exit status.
///
/// # Errors
/// No terminal, an unknown cloud, or a terminal that is lost.
pub(super) async fn run(setting: &Setting, opening: Opening) -> Result<u8, Failure> {
    open(setting, opening, |live| live).await
}

/// Runs a session on one account, opened by what the environment or the address itself holds; an empty address leaves naming the
/// account to the connection string.
///
/// # Errors
/// There is nothing to open it with, or as [`run`].
pub(super) async fn run_account(setting: &Setting, endpoint: &str) -> Result<u8, Failure> {
    let endpoint = Some(endpoint).filter(|endpoint| !endpoint.is_empty());
    let access = AccountAccess::from_env(endpoint, |name| std::env::var(name).ok());
    let access = access.map_err(|error| Failure::wrong(error.to_string()))?;
    let given = GivenAccount {
        endpoint: access.endpoint().to_owned(),
        name: access.account().to_owned(),
        container: access.container().map(str::to_owned),
    };
    open(setting, Opening::Account(given), |live| live.with_access(access)).await
}

async fn open(setting: &Setting, opening: Opening, equip: impl FnOnce(Live) -> Live) -> Result<u8, Failure> {
    term::check()?;
    let caps = caps(setting);
    let config = &setting.config;
    let settings = Settings {
        clouds: setting.clouds()?,
        ascii: caps.ascii,
        colour: caps.colour,
        motion: caps.motion,
        overheads: config.plan,
    };
    let recording = Recording::asked_for(std::env::var_os(record::VARIABLE));
    let recording = recording.map_err(|unusable| Failure::wrong(unusable.to_string()))?;
    let live = equip(Live::new(setting.places.data.clone(), config.clock_rate.unwrap_or(CLOCK_RATE)));
    Ok(driver::open(caps, settings, live, opening, recording).await?)
}

fn caps(setting: &Setting) -> Caps {
    let caps = Caps::from_process();
    Caps { ascii: caps.ascii || setting.config.ascii, motion: caps.motion && setting.config.motion, ..caps }
}
