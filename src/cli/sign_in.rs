//! `blobfreight sign-in` and `blobfreight sign-out`: a person signs in from the command line, and removes what the keyring keeps.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum as _};
use serde_json::json;

use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::output::OutputArgs;
use super::person;
use crate::azure::Azure;
use crate::azure::auth::has_browser;
use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::{KeyringRemoval, SignInMethod};
use crate::azure::session::SignInRequest;
use crate::ui::text::clean;

/// Arguments of `blobfreight sign-in`.
#[derive(Debug, Args)]
pub struct SignInArgs {
    /// How to sign in; without it in a browser where this machine has one
    #[arg(long, value_name = "METHOD", value_parser = by_person())]
    method: Option<SignInMethod>,
    /// Keep the sign-in in the system's keyring, for the wizard and for other commands
    #[arg(long)]
    remember: bool,
    /// Tenant id or domain, when not the usual one is meant
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// Form of the output.
    #[command(flatten)]
    output: OutputArgs,
}

/// The methods by which a person signs in.
fn by_person() -> impl TypedValueParser<Value = SignInMethod> {
    let methods = SignInMethod::value_variants().iter().filter(|method| method.asks_person());
    let words = methods.filter_map(SignInMethod::to_possible_value);
    PossibleValuesParser::new(words).try_map(|word| SignInMethod::from_str(&word, false))
}

/// Signs in, and says whether that is kept.
///
/// # Errors
/// The sign-in fails, or the keyring does not keep it although it was to.
pub(super) async fn sign_in(setting: &EffectiveConfig, args: SignInArgs) -> Result<(), CommandFailure> {
    let cloud = cloud(setting)?;
    let usual = if has_browser() { SignInMethod::Browser } else { SignInMethod::DeviceCode };
    let method = args.method.unwrap_or(usual);
    let person = person::options(&setting.config);
    let remember = args.remember || setting.config.remember_sign_in;
    person.refresh_tokens.remember(remember);
    let request = SignInRequest {
        person: person.clone(),
        listener: Some(person::printer()),
        ..SignInRequest::new(&cloud, method, args.tenant.as_deref())
    };
    let (_, identity) = Azure::sign_in_as(request).await.map_err(CommandFailure::of_sign_in)?;
    let kept = if remember { Some(person.is_kept(&cloud).await) } else { None };
    let in_tenant = identity.tenant.as_ref().map(|tenant| format!(", tenant {tenant}")).unwrap_or_default();
    let who = clean(&format!("Signed in to {} as {}{in_tenant}.", cloud.title(), identity.who));
    let text = format!("{who}\n{}", kept_words(kept.as_ref(), method));
    let is_kept = matches!(kept, Some(Ok(true)));
    let tenant = identity.tenant.clone().unwrap_or_default();
    args.output.one(
        &text,
        [cloud.name.clone(), identity.who.clone(), tenant],
        || json!({ "cloud": cloud.name, "who": identity.who, "tenant": identity.tenant, "kept": is_kept }),
    );
    match kept {
        Some(Ok(false)) => Err(unkept("the authority gave no token that outlives the command")),
        Some(Err(why)) => Err(unkept(&person.refresh_tokens.take_trouble().unwrap_or(why))),
        _ => Ok(()),
    }
}

/// What becomes of the sign-in; nothing where that is a failure.
fn kept_words(kept: Option<&Result<bool, String>>, method: SignInMethod) -> String {
    match kept {
        None => {
            "Nothing is kept: this sign-in has ended with the command. --remember keeps it in the system's keyring.\n"
                .to_owned()
        }
        Some(Ok(true)) => {
            let word = method.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
            format!(
                "The keyring keeps it. Other commands use it with --sign-in {word}; `blobfreight sign-out` removes it.\n"
            )
        }
        Some(_) => String::new(),
    }
}

fn unkept(why: &str) -> CommandFailure {
    let fault = Fault::local("keep the sign-in in the system's keyring", why);
    fault.advise("Sign in with each command: --sign-in browser or --sign-in device-code.").into()
}

/// Removes the sign-in from the keyring, and says what else there is.
///
/// # Errors
/// The keyring does not answer.
pub(super) async fn sign_out(setting: &EffectiveConfig, output: OutputArgs) -> Result<(), CommandFailure> {
    let cloud = cloud(setting)?;
    let title = cloud.title();
    let removed = match person::options(&setting.config).sign_out(&cloud).await {
        KeyringRemoval::Removed => true,
        KeyringRemoval::NothingThere => false,
        KeyringRemoval::Unknown(why) => {
            let fault = Fault::local(format!("remove the sign-in to {title} from the keyring"), why);
            return Err(fault
                .advise("If one was kept, remove the entry blobfreight with the keyring's own program.")
                .into());
        }
    };
    let done = if removed {
        format!("The sign-in to {title} was removed from the keyring.")
    } else {
        format!("The keyring has no sign-in to {title}.")
    };
    let text = format!(
        "{done}\nNot removed: drafts, the sign-ins of the Azure CLI and the Azure Developer CLI, and what another \
         Blobfreight that runs has in memory. Nothing was revoked at Microsoft.\n"
    );
    let word = if removed { "removed" } else { "nothing there" };
    output.one(&text, [cloud.name.clone(), word.to_owned()], || json!({ "cloud": cloud.name, "removed": removed }));
    Ok(())
}

fn cloud(setting: &EffectiveConfig) -> Result<Cloud, CommandFailure> {
    if setting.is_rehearsal() {
        return Err(CommandFailure::wrong("A rehearsal needs no sign-in: leave --cloud out, or name a real cloud."));
    }
    Ok(setting.clouds()?.into_iter().next().unwrap_or_else(Cloud::public))
}
