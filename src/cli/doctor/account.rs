//! What Azure says: the sign-in and its tokens, the subscription and its providers, the account with its firewall, and the person's rights.

use std::time::Duration;

use tokio::time::timeout;

use super::check::{CheckVerdict, DoctorArea, DoctorCheck};
use super::network::{WAIT, too_slow};
use crate::azure::Azure;
use crate::azure::fault::Fault;
use crate::azure::jobs::speaks;
use crate::azure::model::{Provider, ServiceName, SignInMethod, StorageAccount, Subscription, SubscriptionUse};
use crate::cli::common_args::SessionArgs;
use crate::cli::effective_config::EffectiveConfig;
use crate::cli::failure::CommandFailure;
use crate::cli::headless::Headless;
use crate::draft::store::DraftStore;
use crate::draft::{ChosenAccount, Draft};
use crate::driver::live::drafts_in;
use crate::wizard::steps::account::rights::{Need, RightStanding};
use crate::wizard::steps::account::{Verdict, verdict};

/// How long a sign-in may take in which a person does something.
const WAIT_FOR_PERSON: Duration = Duration::from_secs(300);

/// What the checks need.
pub(super) struct AzureQuestions<'a> {
    pub(super) setting: &'a EffectiveConfig,
    pub(super) ask: &'a SessionArgs,
    /// The account that was named, by its name or its resource id.
    pub(super) account: Option<&'a str>,
}

/// Signs in and looks at everything that a sign-in can see.
pub(super) async fn checks(questions: &AzureQuestions<'_>) -> Vec<DoctorCheck> {
    let wait = if questions.ask.sign_in.asks_person() { WAIT_FOR_PERSON } else { WAIT + WAIT };
    let signed_in = timeout(wait, Headless::sign_in(questions.setting, questions.ask)).await;
    let failed = |verdict, message: String, advice: Option<String>| {
        let check = DoctorCheck { advice, ..DoctorCheck::new(DoctorArea::SignIn, "Signed in", verdict, message) };
        let rest = unasked("nobody is signed in");
        std::iter::once(check).chain(rest).collect()
    };
    let session = match signed_in {
        Err(_) => return failed(CheckVerdict::Failed, too_slow("sign in").reason, None),
        Ok(Err(failure)) => {
            let (reason, advice) = failure.parts();
            return failed(CheckVerdict::Failed, reason, advice);
        }
        Ok(Ok(session)) => session,
    };
    let mut checks = vec![who(&session, questions.ask.sign_in)];
    checks.extend(tokens(&session.azure).await);
    checks.extend(inside(&session, questions).await);
    checks
}

/// The checks that need what was not reached.
pub(super) fn unasked(why: &str) -> Vec<DoctorCheck> {
    [
        (DoctorArea::SignIn, "Token for storage"),
        (DoctorArea::Services, "Subscription"),
        (DoctorArea::Account, "Account"),
    ]
    .map(|(area, name)| DoctorCheck::new(area, name, CheckVerdict::NotChecked, why))
    .to_vec()
}

fn who(session: &Headless, method: SignInMethod) -> DoctorCheck {
    let identity = &session.identity;
    let tenant = identity.tenant.as_ref().map(|tenant| format!(", tenant {tenant}")).unwrap_or_default();
    let how = clap::ValueEnum::to_possible_value(&method).map(|word| format!(", --sign-in {}", word.get_name()));
    let message = format!("{}{tenant}{}", identity.who, how.unwrap_or_default());
    DoctorCheck::new(DoctorArea::SignIn, "Signed in", CheckVerdict::Ok, message)
}

/// A token for Azure Resource Manager is part of the sign-in; that for storage is another.
async fn tokens(azure: &Azure) -> [DoctorCheck; 2] {
    let name = "Token for storage";
    let storage = match bounded("get a token for storage", azure.get_storage_token()).await {
        Ok(()) => DoctorCheck::new(DoctorArea::SignIn, name, CheckVerdict::Ok, "given"),
        Err(fault) => DoctorCheck::of_fault(DoctorArea::SignIn, name, &fault),
    };
    let management = format!("given, for {}", azure.cloud().arm);
    [DoctorCheck::new(DoctorArea::SignIn, "Token for management", CheckVerdict::Ok, management), storage]
}

/// Subscription, providers, account and rights.
async fn inside(session: &Headless, questions: &AzureQuestions<'_>) -> Vec<DoctorCheck> {
    let drafted = if questions.account.is_some() { None } else { newest_account(questions.setting) };
    let ask = match (&questions.ask.subscription, &drafted) {
        (None, Some(chosen)) => {
            SessionArgs { subscription: Some(chosen.subscription.id.clone()), ..questions.ask.clone() }
        }
        _ => questions.ask.clone(),
    };
    let subscription = match bounded("choose a subscription", session.subscription(&ask)).await {
        Ok(subscription) => subscription,
        Err(fault) => {
            let several = DoctorCheck {
                verdict: CheckVerdict::NotChecked,
                ..DoctorCheck::of_fault(DoctorArea::Services, "Subscription", &fault)
            };
            let account =
                DoctorCheck::new(DoctorArea::Account, "Account", CheckVerdict::NotChecked, "no subscription is chosen");
            return vec![several, account];
        }
    };
    let listed = bounded("list your subscriptions", session.azure.subscriptions()).await;
    let known = listed.as_ref().ok().and_then(|all| all.iter().find(|one| one.id.eq_ignore_ascii_case(&subscription)));
    let mut checks = vec![of_subscription(&subscription, known, listed.as_ref().err())];
    checks.extend(providers(&session.azure, &subscription).await);
    let subscription = known.cloned().unwrap_or_else(|| unlisted(&subscription));
    checks.extend(account(&session.azure, &subscription, questions, drafted).await);
    checks
}

fn of_subscription(id: &str, known: Option<&Subscription>, fault: Option<&Fault>) -> DoctorCheck {
    let check = |verdict, message: String| DoctorCheck::new(DoctorArea::Services, "Subscription", verdict, message);
    match (known, fault) {
        (Some(known), _) if known.allows() != SubscriptionUse::ReadOnly => {
            check(CheckVerdict::Ok, format!("{id}, {}", known.state))
        }
        (Some(known), _) => check(CheckVerdict::Failed, format!("{id} is {}: it takes no new job", known.state))
            .advise("Ask whoever pays for it, or name another with --subscription."),
        (None, Some(fault)) => DoctorCheck::of_fault(DoctorArea::Services, "Subscription", fault),
        (None, None) => check(CheckVerdict::Failed, format!("{id} is none of those that this sign-in sees"))
            .advise("Ask for the role Reader on it, or sign in to its tenant with --tenant."),
    }
}

/// A subscription of which nothing but its id is known. Its own check has said so; the account is judged without it.
fn unlisted(id: &str) -> Subscription {
    Subscription { id: id.to_owned(), name: String::new(), tenant: String::new(), state: "Enabled".to_owned() }
}

async fn providers(azure: &Azure, subscription: &str) -> Vec<DoctorCheck> {
    let mut checks = Vec::new();
    for service in ServiceName::ALL {
        let asked = bounded("ask for a provider", azure.provider(service, subscription)).await;
        checks.push(match asked {
            Ok(found) => of_service(service, &found),
            Err(fault) => DoctorCheck::of_fault(DoctorArea::Services, service.namespace(), &fault),
        });
    }
    let name = "Microsoft.Storage";
    checks.push(match bounded("ask for a provider", azure.storage_provider(subscription)).await {
        Ok(found) if found.is_registered() => {
            DoctorCheck::new(DoctorArea::Services, name, CheckVerdict::Ok, found.registration)
        }
        Ok(found) => DoctorCheck::new(DoctorArea::Services, name, CheckVerdict::Warning, found.registration),
        Err(fault) => DoctorCheck::of_fault(DoctorArea::Services, name, &fault),
    });
    checks
}

fn of_service(service: ServiceName, found: &Provider) -> DoctorCheck {
    let check =
        |verdict, message: String| DoctorCheck::new(DoctorArea::Services, service.namespace(), verdict, message);
    let known: Vec<&str> =
        found.api_versions.iter().map(String::as_str).filter(|version| speaks(service, version)).collect();
    match known.iter().max() {
        None if found.api_versions.is_empty() => {
            check(CheckVerdict::Warning, format!("{}; Azure lists no version for jobs", found.registration))
        }
        None => check(
            CheckVerdict::Warning,
            format!(
                "{}; it speaks only versions that this program does not: {}",
                found.registration,
                found.api_versions.join(", ")
            ),
        ),
        Some(version) if found.is_registered() => {
            check(CheckVerdict::Ok, format!("{}, api-version {version}", found.registration))
        }
        Some(version) => {
            check(CheckVerdict::Warning, format!("{}, api-version {version}", found.registration)).advise(format!(
                "Register it: `az provider register --namespace {}`, or in the step Review of the wizard.",
                service.namespace()
            ))
        }
    }
}

/// The account of the newest draft that is no rehearsal, or in a rehearsal of the newest that is one.
fn newest_account(setting: &EffectiveConfig) -> Option<ChosenAccount> {
    let folder = drafts_in(&setting.places.data);
    let store = folder.exists().then(|| DraftStore::open(&folder).ok()).flatten()?;
    let listed = store.list().ok()?;
    let fits = |draft: &Draft| draft.rehearsal == setting.is_rehearsal() && draft.account.is_some();
    let newest = listed.iter().filter(|entry| entry.ready().is_some()).find_map(|entry| {
        let draft = store.read(&entry.id).ok()?;
        fits(&draft).then_some(draft)
    })?;
    newest.account
}

async fn account(
    azure: &Azure,
    subscription: &Subscription,
    questions: &AzureQuestions<'_>,
    drafted: Option<ChosenAccount>,
) -> Vec<DoctorCheck> {
    let unchecked = |why: &str| DoctorCheck::new(DoctorArea::Account, "Account", CheckVerdict::NotChecked, why);
    let read = match (questions.account, drafted) {
        (Some(name), _) => bounded("read the account", named(azure, &subscription.id, name)).await,
        (None, Some(chosen)) => bounded("read the account", azure.storage_account(&chosen.account.id)).await,
        (None, None) => {
            return vec![unchecked("no draft has one").advise("Name one: `blobfreight doctor --account NAME`.")];
        }
    };
    match read {
        Ok(account) => {
            let mut checks = vec![judged(subscription, &account), firewall(&account), reading(azure, &account).await];
            checks.extend(rights(azure, &account).await);
            checks
        }
        Err(fault) => vec![DoctorCheck::of_fault(DoctorArea::Account, "Account", &fault)],
    }
}

async fn named(azure: &Azure, subscription: &str, name: &str) -> Result<StorageAccount, Fault> {
    let accounts = azure.storage_accounts(subscription).await?;
    let is_it =
        |account: &StorageAccount| account.name.eq_ignore_ascii_case(name) || account.id.eq_ignore_ascii_case(name);
    accounts.into_iter().find(is_it).ok_or_else(|| {
        Fault::local(
            format!("find the account {name}"),
            format!("the subscription {subscription} has none of this name"),
        )
        .advise("Name its subscription with --subscription.")
    })
}

fn judged(subscription: &Subscription, account: &StorageAccount) -> DoctorCheck {
    let (verdict, words) = match verdict(subscription, account) {
        Verdict::Fine => (CheckVerdict::Ok, "can be exported".to_owned()),
        Verdict::Doubtful(why) => (CheckVerdict::Warning, why.join("; ")),
        Verdict::Blocked(why) => (CheckVerdict::Failed, why),
    };
    let name = format!("{}, {} {} in {}: {words}", account.name, account.kind, account.sku, account.location);
    DoctorCheck::new(DoctorArea::Account, "Account", verdict, name)
}

fn firewall(account: &StorageAccount) -> DoctorCheck {
    let check = |verdict, message: &str| DoctorCheck::new(DoctorArea::Account, "Firewall", verdict, message);
    match (account.public_network.as_str(), account.denies_by_default, account.trusts_services) {
        ("Disabled", _, _) => check(CheckVerdict::Warning, "public network access is off, for the job service, too")
            .advise("Allow it, or ask Microsoft how the service reaches the account, before you ship."),
        (_, true, false) => {
            check(CheckVerdict::Warning, "shuts out all but named networks, trusted Microsoft services, too")
                .advise("Allow trusted Microsoft services under the account's Networking before you ship.")
        }
        (_, true, true) => check(CheckVerdict::Ok, "lets named networks and trusted Microsoft services in"),
        (_, false, _) => check(CheckVerdict::Ok, "lets every network in"),
    }
}

/// One page of containers says whether this machine, with this sign-in, reads the account at all.
async fn reading(azure: &Azure, account: &StorageAccount) -> DoctorCheck {
    match bounded("list the containers", azure.containers(&account.blob_endpoint, None)).await {
        Ok(_) => {
            DoctorCheck::new(DoctorArea::Account, "Reading from here", CheckVerdict::Ok, "its containers can be listed")
        }
        Err(fault) => {
            let check = DoctorCheck::of_fault(DoctorArea::Account, "Reading from here", &fault);
            DoctorCheck { verdict: CheckVerdict::Failed, ..check }
        }
    }
}

async fn rights(azure: &Azure, account: &StorageAccount) -> Vec<DoctorCheck> {
    let group = format!("/subscriptions/{}/resourceGroups/{}", account.subscription(), account.resource_group());
    let on_account = bounded("see what you may do", azure.permissions(&account.id)).await;
    let on_group = bounded("see what you may do", azure.permissions(&group)).await;
    let service = ServiceName::DataBox;
    let check = |need: Need| {
        let standing = need.standing(service, account.shared_key, &on_account, &on_group);
        let (verdict, message) = match standing {
            RightStanding::Granted => (CheckVerdict::Ok, "a role gives it".to_owned()),
            RightStanding::ByKey => (CheckVerdict::Ok, "by the account's key".to_owned()),
            RightStanding::Missing => (CheckVerdict::Warning, "no role gives it".to_owned()),
            RightStanding::Conditional => {
                (CheckVerdict::NotChecked, "a role gives it under a condition, which is not evaluated here".to_owned())
            }
            RightStanding::MayBeDenied(name) => {
                (CheckVerdict::Warning, format!("the deny assignment {name} may forbid it"))
            }
            RightStanding::Unknown(why) => (CheckVerdict::NotChecked, why),
        };
        let advice = (verdict == CheckVerdict::Warning).then(|| format!("The role {} gives it.", need.role(service)));
        DoctorCheck { advice, ..DoctorCheck::new(DoctorArea::Account, right(need), verdict, message) }
    };
    Need::ALL.into_iter().map(check).collect()
}

fn right(need: Need) -> &'static str {
    match need {
        Need::ListBlobs => "Right to read blobs",
        Need::WriteList => "Right to write",
        Need::CreateJob => "Right to make jobs",
        Need::ReadKeys => "Right to read keys",
    }
}

/// A request with a limit of time.
async fn bounded<T>(tried: &str, request: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    timeout(WAIT, request).await.unwrap_or_else(|_| Err(too_slow(tried)))
}

impl CommandFailure {
    /// Why, and what to do.
    fn parts(&self) -> (String, Option<String>) {
        match self.fault() {
            Some(fault) => {
                let check = DoctorCheck::of_fault(DoctorArea::SignIn, "", fault);
                (check.message, check.advice)
            }
            None => (self.sentence(), None),
        }
    }
}
