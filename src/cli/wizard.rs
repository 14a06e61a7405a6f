//! `blobfreight`, `blobfreight rehearse` and `blobfreight resume`: the wizard in the terminal.

use super::Setting;
use super::failure::Failure;
use crate::app::Settings;
use crate::app::protocol::Opening;
use crate::driver;
use crate::driver::live::{CLOCK_RATE, Live};
use crate::term::{self, Caps};

/// Runs a session and gives its exit status.
///
/// # Errors
/// No terminal, an unknown cloud, or a terminal that is lost.
pub(super) async fn run(setting: &Setting, opening: Opening) -> Result<u8, Failure> {
    term::check()?;
    let caps = caps(setting);
    let config = &setting.config;
    let settings = Settings { clouds: setting.clouds()?, ascii: caps.ascii, colour: caps.colour, motion: caps.motion };
    let live = Live::new(setting.places.data.clone(), config.clock_rate.unwrap_or(CLOCK_RATE));
    Ok(driver::open(caps, settings, live, opening).await?)
}

fn caps(setting: &Setting) -> Caps {
    let caps = Caps::from_process();
    Caps { ascii: caps.ascii || setting.config.ascii, motion: caps.motion && setting.config.motion, ..caps }
}
