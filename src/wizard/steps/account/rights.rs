//! What the person may do with an account: list its blobs, write the list file, create the job, read its keys later. What is missing comes
//! with the command that grants it; what is not known comes with the reason.

use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{Allowed, Permission, ScopeRights, ServiceName, StorageAccount, allows, allows_data};
use crate::wizard::shared::{AccountRights, Shared};

/// Something an export needs a right for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Listing containers and blobs.
    ListBlobs,
    /// Writing the list file into the account.
    WriteList,
    /// Creating the job.
    CreateJob,
    /// Reading the BitLocker keys of the job.
    ReadKeys,
}

/// Whether the person has a right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RightStanding {
    /// A role gives it.
    Granted,
    /// No role for the data gives it, but one lets the person read the account's key, which does.
    ByKey,
    /// No role gives it.
    Missing,
    /// A role gives it under a condition, which is not evaluated here.
    Conditional,
    /// A role gives it, and the deny assignment of this name may take it away from the person.
    MayBeDenied(String),
    /// It is not known; why, a few words without a full stop.
    Unknown(String),
}

impl Need {
    /// All needs, in the order in which an export has them.
    pub const ALL: [Self; 4] = [Self::ListBlobs, Self::WriteList, Self::CreateJob, Self::ReadKeys];

    /// What it is, as an infinitive.
    pub fn words(self) -> &'static str {
        match self {
            Self::ListBlobs => "list and read the blobs",
            Self::WriteList => "write the list file",
            Self::CreateJob => "create the job",
            Self::ReadKeys => "read the BitLocker keys of the job",
        }
    }

    /// Whether it is a right to data of the account; otherwise it is one to jobs of the resource group.
    fn is_about_data(self) -> bool {
        matches!(self, Self::ListBlobs | Self::WriteList)
    }

    /// The operation it takes (Microsoft page: Azure permissions).
    fn action(self, service: ServiceName) -> &'static str {
        match (self, service) {
            (Self::ListBlobs, _) => "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
            (Self::WriteList, _) => "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
            (Self::CreateJob, ServiceName::DataBox) => "Microsoft.DataBox/jobs/write",
            (Self::CreateJob, ServiceName::ImportExport) => "Microsoft.ImportExport/jobs/write",
            (Self::ReadKeys, ServiceName::DataBox) => "Microsoft.DataBox/jobs/listCredentials/action",
            (Self::ReadKeys, ServiceName::ImportExport) => "Microsoft.ImportExport/jobs/listBitLockerKeys/action",
        }
    }

    /// The built-in role that gives it (Microsoft page: Azure built-in roles).
    pub fn role(self, service: ServiceName) -> &'static str {
        match (self, service) {
            (Self::ListBlobs, _) => "Storage Blob Data Reader",
            (Self::WriteList, _) => "Storage Blob Data Contributor",
            (Self::CreateJob, ServiceName::DataBox) => "Data Box Contributor",
            (Self::ReadKeys, ServiceName::DataBox) => "Data Box Reader",
            (Self::CreateJob | Self::ReadKeys, ServiceName::ImportExport) => "Contributor",
        }
    }

    /// Whether these rights, on the account and on the group of its jobs, give it. `shared_key`: the account takes its keys.
    pub fn standing(
        self,
        service: ServiceName,
        shared_key: bool,
        on_account: &Result<ScopeRights, Fault>,
        on_group: &Result<ScopeRights, Fault>,
    ) -> RightStanding {
        if !self.is_about_data() {
            return standing_of(on_group, self.action(service), allows);
        }
        let by_role = standing_of(on_account, self.action(service), allows_data);
        let reads_keys = shared_key && standing_of(on_account, LIST_KEYS, allows) == RightStanding::Granted;
        if by_role == RightStanding::Missing && reads_keys { RightStanding::ByKey } else { by_role }
    }
}

/// Reads the account's keys, which open all of its data.
const LIST_KEYS: &str = "Microsoft.Storage/storageAccounts/listKeys/action";

/// The id of the resource group in which the job of an account is created.
pub fn group_of(shared: &Shared, account: &StorageAccount) -> String {
    let typed = shared.draft.options.resource_group.trim();
    let chosen = shared.account_id() == Some(&account.id) && !typed.is_empty();
    let group = if chosen { typed } else { account.resource_group() };
    format!("/subscriptions/{}/resourceGroups/{group}", account.subscription())
}

/// The rights to this account as far as they were read; `None` if they were not requested.
pub fn known<'a>(shared: &'a Shared, account: &StorageAccount) -> Option<&'a AccountRights> {
    shared.catalogue.rights.as_ref().filter(|rights| rights.account == account.id)
}

/// The person's rights to an account, in the order of [`Need::ALL`]; empty while an answer is awaited.
pub fn standings(shared: &Shared, account: &StorageAccount) -> Vec<(Need, RightStanding)> {
    let Some(AccountRights { on_account: Some(on_account), on_group: Some(on_group), group, .. }) =
        known(shared, account)
    else {
        return Vec::new();
    };
    // Another group was typed since: nothing is known of that one.
    if !group.eq_ignore_ascii_case(&group_of(shared, account)) {
        return Vec::new();
    }
    let standing = |need: Need| need.standing(shared.draft.service(), account.shared_key, on_account, on_group);
    Need::ALL.into_iter().map(|need| (need, standing(need))).collect()
}

fn standing_of(
    rights: &Result<ScopeRights, Fault>,
    action: &str,
    allowed: impl Fn(&[Permission], &str) -> Allowed,
) -> RightStanding {
    match rights {
        Ok(ScopeRights { permissions, denials }) => match allowed(permissions, action) {
            Allowed::Yes => match denials.iter().flatten().find(|denial| denial.denies(action)) {
                Some(denial) => RightStanding::MayBeDenied(denial.name.clone()),
                None => RightStanding::Granted,
            },
            Allowed::Conditionally => RightStanding::Conditional,
            Allowed::No => RightStanding::Missing,
        },
        Err(fault) if fault.kind == FaultKind::Denied => {
            RightStanding::Unknown("you are not allowed to look".to_owned())
        }
        Err(fault) => RightStanding::Unknown(fault.reason.clone()),
    }
}

/// The needs that no role covers.
fn uncovered(shared: &Shared, account: &StorageAccount) -> Vec<Need> {
    let missing = standings(shared, account).into_iter().filter(|(_, it)| *it == RightStanding::Missing);
    missing.map(|(need, _)| need).collect()
}

/// The commands that grant what is missing, for somebody who may grant it; each role once.
pub fn commands(shared: &Shared, account: &StorageAccount) -> Vec<String> {
    let service = shared.draft.service();
    let missing = uncovered(shared, account);
    // The role to write blobs reads them too, and the role to create jobs reads their keys too.
    let covered = |need: Need| match need {
        Need::ListBlobs => missing.contains(&Need::WriteList),
        Need::ReadKeys => missing.contains(&Need::CreateJob),
        Need::WriteList | Need::CreateJob => false,
    };
    let mut commands: Vec<String> = Vec::new();
    for need in missing.iter().copied().filter(|need| !covered(*need)) {
        let scope = if need.is_about_data() { account.id.clone() } else { group_of(shared, account) };
        let words = [need.role(service), assignee(shared), &scope].map(quoted);
        let [role, assignee, scope] = words;
        let command = format!("az role assignment create --role {role} --assignee {assignee} --scope {scope}");
        if !commands.contains(&command) {
            commands.push(command);
        }
    }
    commands
}

/// Whom the role is for: the name of the sign-in where it is one that Azure takes.
fn assignee(shared: &Shared) -> &str {
    let who = shared.session.as_ref().map_or("", |session| session.identity.who.trim());
    let is_id = who.len() == 36 && who.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let is_name = who.contains('@') && !who.contains(char::is_whitespace);
    if is_id || is_name { who } else { "YOUR-OBJECT-ID" }
}

/// A word for a shell: as it is, or in single quotes.
fn quoted(word: &str) -> String {
    let plain = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_./@".contains(c));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// What is missing or in doubt for the chosen account, one sentence each and the command that grants it, for the review and for a remark.
pub fn missing(shared: &Shared) -> Vec<String> {
    let Some(chosen) = &shared.draft.account else { return Vec::new() };
    let account = &chosen.account;
    let sentence = |need: Need| format!("You have no role to {}.", need.words());
    let missing = uncovered(shared, account).into_iter().map(sentence);
    let granted =
        commands(shared, account).into_iter().map(|command| format!("Somebody who may give roles can run: {command}"));
    let doubtful = standings(shared, account).into_iter().filter_map(|(need, standing)| match standing {
        RightStanding::MayBeDenied(name) => {
            Some(format!("The deny assignment {name} may forbid you to {}: ask whoever made it.", need.words()))
        }
        RightStanding::Conditional => Some(under_condition(need)),
        _ => None,
    });
    missing.chain(granted).chain(doubtful).collect()
}

/// What a condition of a role can mean for an export.
pub fn under_condition(need: Need) -> String {
    let effect = if need == Need::ListBlobs {
        "It can hide blobs: what it hides is neither shown nor counted here."
    } else {
        "It can forbid it."
    };
    format!("Your role to {} has a condition, which is not evaluated here. {effect}", need.words())
}

/// What of the rights was not checked, in a few words.
pub fn unchecked(shared: &Shared, account: &StorageAccount) -> Option<String> {
    let known = known(shared, account)?;
    let scopes = [known.on_account.as_ref()?, known.on_group.as_ref()?];
    let unread = scopes.into_iter().flatten().find_map(|rights| rights.denials.as_ref().err());
    Some(match unread {
        Some(why) => format!("Not checked: deny assignments ({why}), Azure Policy."),
        None => "Not checked: Azure Policy.".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_reaches_the_shell_as_it_is() {
        assert_eq!(quoted("ana@contoso.example"), "ana@contoso.example");
        assert_eq!(quoted("Data Box Contributor"), "'Data Box Contributor'");
        assert_eq!(quoted("o'neill; rm -rf $HOME"), r"'o'\''neill; rm -rf $HOME'");
        assert_eq!(quoted(""), "''");
    }
}
