//! All checks, from the arguments to the exit status. Nothing is changed anywhere; what cannot be looked at is said to be not checked.

use clap::Args;
use tokio::task::spawn_blocking;

use super::account::{self, AzureQuestions};
use super::check::{CheckVerdict, DoctorArea, DoctorCheck};
use super::{files, network, print, terminal, tools};
use crate::azure::cloud::Cloud;
use crate::cli::common_args::{GlobalArgs, SessionArgs};
use crate::cli::config::{Config, places};
use crate::cli::effective_config::EffectiveConfig;
use crate::cli::failure::{CommandFailure, FAILED};

/// Exit status of `doctor`, for its help.
const EXIT_STATUS: &str = "\
Exit status: 0 nothing failed, 1 something failed, 2 wrong arguments. A warning
and what was not checked do not count.";

/// Arguments of `blobfreight doctor`.
#[derive(Clone, Debug, Args)]
#[command(after_help = EXIT_STATUS)]
pub struct DoctorArgs {
    /// Look at this storage account; without it at that of the newest draft
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Ask nothing over the network
    #[arg(long)]
    offline: bool,
    /// How to ask.
    #[command(flatten)]
    ask: SessionArgs,
}

/// Looks at everything and gives the exit status.
///
/// # Errors
/// The cloud that an argument names is not there.
pub(crate) async fn run(args: &DoctorArgs, global: &GlobalArgs) -> Result<u8, CommandFailure> {
    let places = places();
    let config = Config::load(global.config.as_deref());
    let mut checks = vec![program()];
    checks.extend(files::checks(&places, global.config.as_deref(), &config));
    checks.extend(terminal::checks(|name| std::env::var(name).ok()));
    let setting = EffectiveConfig::of(config.unwrap_or_default(), global)?;
    checks.extend(of_azure(&setting, args).await);
    print::print(args.ask.output, &checks);
    let failed = checks.iter().any(|check| check.verdict == CheckVerdict::Failed);
    Ok(if failed { FAILED } else { 0 })
}

fn program() -> DoctorCheck {
    let (version, system, processor) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    let message = format!("{version}, {system} on {processor}");
    DoctorCheck::new(DoctorArea::Program, "Blobfreight", CheckVerdict::Ok, message)
}

async fn of_azure(setting: &EffectiveConfig, args: &DoctorArgs) -> Vec<DoctorCheck> {
    if args.offline {
        let why = "--offline was given";
        let network = DoctorCheck::new(DoctorArea::Network, "Network", CheckVerdict::NotChecked, why);
        return std::iter::once(network).chain(account::unasked(why)).collect();
    }
    let questions = AzureQuestions { setting, ask: &args.ask, account: args.account.as_deref() };
    if setting.is_rehearsal() {
        return Box::pin(account::checks(&questions)).await;
    }
    let cloud = setting.clouds().ok().and_then(|clouds| clouds.into_iter().next()).unwrap_or_else(Cloud::public);
    let ((mut checks, reached), cli) = tokio::join!(network::checks(&cloud), spawn_blocking(tools::azure_cli));
    checks.extend(cli);
    checks.extend(if reached {
        Box::pin(account::checks(&questions)).await
    } else {
        account::unasked("Azure was not reached")
    });
    checks
}
