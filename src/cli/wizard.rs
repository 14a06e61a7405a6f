//! `blobfreight`, `blobfreight rehearse` and `blobfreight resume`: the wizard in the terminal.

use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::person;
use super::plain_mode::{self, PlainReason};
use super::print;
use crate::app::Settings;
use crate::azure::auth::has_browser;
use crate::azure::credentials::AccountAccess;
use crate::draft::DirectAccount;
use crate::driver;
use crate::driver::live::{CLOCK_RATE, LiveBackend};
use crate::driver::record::{self, Recording};
use crate::protocol::message::Opening;
use crate::protocol::palette::Palette;
use crate::term::{self, Caps, WindowUse, questions};

/// Runs a session and gives its exit status.
///
/// # Errors
/// No terminal, an unknown cloud, or a terminal that is lost.
pub(super) async fn run(setting: &EffectiveConfig, opening: Opening) -> Result<u8, CommandFailure> {
    open(setting, opening, |live| live).await
}

/// Runs a session on one account, opened by what the environment or the address itself holds; an empty address leaves naming the
/// account to the connection string.
///
/// # Errors
/// There is nothing to open it with, or as [`run`].
pub(super) async fn run_account(setting: &EffectiveConfig, endpoint: &str) -> Result<u8, CommandFailure> {
    let endpoint = Some(endpoint).filter(|endpoint| !endpoint.is_empty());
    let access = AccountAccess::from_env(endpoint, |name| std::env::var(name).ok());
    let access = access.map_err(|error| CommandFailure::wrong(error.to_string()))?;
    let given = DirectAccount {
        endpoint: access.endpoint().to_owned(),
        name: access.account().to_owned(),
        container: access.container().map(str::to_owned),
    };
    open(setting, Opening::Account(given), |live| live.with_access(access)).await
}

async fn open(
    setting: &EffectiveConfig,
    opening: Opening,
    equip: impl FnOnce(LiveBackend) -> LiveBackend,
) -> Result<u8, CommandFailure> {
    let lookup = |name: &str| std::env::var(name).ok();
    let plain = PlainReason::of(setting.plain, lookup, setting.config.plain);
    if plain.is_none() {
        term::check()?;
    }
    let config = &setting.config;
    let palette = if plain.is_some() {
        Palette::default()
    } else {
        config.theme.palette(Caps::from_process().colours, term::background)
    };
    let caps = if plain.is_some() { caps(setting) } else { asked(caps(setting)) };
    let settings = Settings {
        clouds: setting.clouds()?,
        ascii: caps.ascii,
        palette,
        motion: caps.motion,
        overheads: config.plan,
        service: config.service,
        inline_slash: config.inline_slash,
        has_browser: has_browser(),
        remember: config.remember_sign_in,
        notifications: config.notifications,
        keys: config.keys.clone(),
    };
    let recording = Recording::from_variable(std::env::var_os(record::VARIABLE));
    let recording = recording.map_err(|unusable| CommandFailure::wrong(unusable.to_string()))?;
    let live = equip(LiveBackend::new(setting.places.data.clone(), config.clock_rate.unwrap_or(CLOCK_RATE)));
    let live = live.with_person(person::options(config));
    if let Some(reason) = plain {
        return Ok(driver::open_plain(reason.first_line(), settings, live, opening, recording).await?);
    }
    if let Some(offer) = plain_mode::offer(lookup, config.plain) {
        print::out(&format!("{offer}\n"));
    }
    Ok(driver::open(caps, settings, live, opening, recording).await?)
}

/// With what only the terminal can tell. Signs that it draws two columns wide would hide what stands beside them, so ASCII is drawn in their
/// place, unless `BLOBFREIGHT_ASCII=0` says otherwise.
fn asked(caps: Caps) -> Caps {
    let signs = !caps.ascii && std::env::var_os("BLOBFREIGHT_ASCII").is_none();
    let answers = questions::ask(signs);
    Caps { keyboard: answers.keyboard, ascii: caps.ascii || answers.wide_signs, ..caps }
}

fn caps(setting: &EffectiveConfig) -> Caps {
    let caps = Caps::from_process();
    let window = if setting.config.window_title { caps.window } else { WindowUse::None };
    Caps { ascii: caps.ascii || setting.config.ascii, motion: caps.motion && setting.config.motion, window, ..caps }
}
