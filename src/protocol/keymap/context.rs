//! The contexts of the key table: situations in which a part of it applies.

/// A situation in which a part of the table applies. Several apply at once, the most specific first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// The help page is open.
    Help,
    /// The keys are listed, and what is typed filters them.
    KeysPage,
    /// The list of steps is open.
    StepList,
    /// A yes-or-no question is open.
    Question,
    /// A draft is open elsewhere.
    Held,
    /// It is open on another machine, or was left open there.
    HeldElsewhere,
    /// The start screen.
    Start,
    /// A draft row on the start screen.
    DraftRow,
    /// The row of a draft that was put away.
    ArchivedRow,
    /// The row of a job that no draft belongs to.
    JobRow,
    /// The jobs of the subscriptions were not looked at: nobody is signed in.
    JobsUnseen,
    /// The rows of the start screen are filtered.
    Filtered,
    /// The filter of the start screen is being typed.
    StartFilter,
    /// A draft was discarded a moment ago.
    Discarded,
    /// The rail has the focus.
    Rail,
    /// The Next button has the focus.
    Button,
    /// An answer is under the cursor of the review. It comes before the list, because it redefines keys of the list.
    AnswerRow,
    /// The answers of the review, each with its number.
    Answers,
    /// There is nothing to choose: Enter goes on. It comes before the list, because it redefines keys of the list.
    Onward,
    /// Nobody is signed in, or another sign-in is under the cursor. It comes before the list, too.
    SignIn,
    /// A browser waits for the person to sign in.
    BrowserPrompt,
    /// A code waits to be typed in a browser.
    CodePrompt,
    /// A call in the middle of something waits for the person to sign in.
    AskedInPlace,
    /// The sign-in under the cursor can be kept in the system's keyring.
    Rememberable,
    /// Somebody is signed in and may sign out.
    SignedIn,
    /// The second of two lists has the focus.
    SecondList,
    /// A list to choose from.
    List,
    /// The lists of the account step, which can be filtered.
    Accounts,
    /// A filter over the accounts is being typed.
    AccountFilter,
    /// The cursor is on the line of a failure.
    FailedRow,
    /// All details of a row are shown as a page.
    Details,
    /// A job was created from the selection, or may have been: the selection stays as it is.
    Settled,
    /// The tree of containers, folders and blobs.
    Tree,
    /// The cursor is on a blob.
    BlobRow,
    /// All children of a folder are checked one by one.
    Gatherable,
    /// The rules panel has the focus.
    Rules,
    /// A filter is being typed.
    Filter,
    /// The totals of the count, and the drives that the export takes.
    Counts,
    /// A count is under way and can be paused.
    Counting,
    /// There is no count, or it has not come to its end.
    Uncounted,
    /// The counted blobs take several jobs.
    Splittable,
    /// A page to read, with no keys of its own.
    Page,
    /// The rows that the service found by prefix.
    Found,
    /// A rule is being typed.
    TypedRule,
    /// The create request can be taken along as text.
    Printable,
    /// The create request is shown as text.
    RequestPage,
    /// The drive sizes are being typed.
    Sizes,
    /// A text field has the focus.
    Field,
    /// A field with fixed choices has the focus.
    Choice,
    /// The address of an earlier draft is offered.
    Earlier,
    /// The resource group that is typed does not exist and can be made.
    Creatable,
    /// The region of a new resource group is being typed.
    NewGroup,
    /// A request failed and can be sent again.
    Failed,
    /// A request is under way and can be cancelled.
    Busy,
    /// The step shows something that can be read again.
    Loaded,
    /// There is an address or a text to copy.
    Copyable,
    /// The resource provider is not registered.
    Unregistered,
    /// The job may go to either service.
    Services,
    /// The parcel has a checklist and papers.
    Parcel,
    /// The checklist of the drives is open.
    Checklist,
    /// Packing slip and label are shown.
    PapersPage,
    /// The job can still be cancelled.
    Cancellable,
    /// A reason for cancelling is given along, and another one can be typed.
    Reasoned,
    /// The reason for cancelling is being typed.
    Reason,
    /// The answer that deletes a job without its keys is being typed.
    TypedDeletion,
    /// The job may be deleted.
    Deletable,
    /// The service waits for a decision of the customer.
    Decidable,
    /// The lock that the service left on the storage account can be removed.
    LockRemovable,
    /// The deadlines of the job can be saved as a calendar, and its place in the portal copied.
    Followed,
    /// The job is one of a rehearsal.
    Rehearsed,
    /// What can be asked of a rehearsal is listed.
    RehearsalPage,
    /// The job is gone.
    Gone,
    /// BitLocker keys are shown.
    KeysShown,
    /// The job may have logs of what was not exported.
    Logged,
    /// The reasons why blobs were not exported are listed. It comes before the list, because it redefines a key of it.
    Reasons,
    /// The page of what was not exported.
    Failures,
    /// What was not exported can be saved to files.
    Savable,
    /// Another job can export some of what was not exported.
    Retriable,
    /// The drives that can be checked.
    AttachedDrives,
    /// Drives are being checked.
    Checking,
    /// A check was stopped and can go on.
    CheckPaused,
    /// Something on the drives is damaged or missing.
    FetchAgain,
    /// A check has ended.
    CheckedDrives,
    /// The first step: there is none to go back to.
    FirstStep,
    /// Any step of the wizard.
    Wizard,
    /// Anywhere letters are not text.
    Letters,
    /// Anywhere.
    Everywhere,
}

impl Context {
    /// Every context, in the order the help page shows them.
    pub const ALL: &[Self] = &[
        Self::Help,
        Self::KeysPage,
        Self::StepList,
        Self::Question,
        Self::Held,
        Self::HeldElsewhere,
        Self::Start,
        Self::DraftRow,
        Self::ArchivedRow,
        Self::JobRow,
        Self::JobsUnseen,
        Self::Filtered,
        Self::StartFilter,
        Self::Discarded,
        Self::Rail,
        Self::Button,
        Self::AnswerRow,
        Self::Answers,
        Self::Onward,
        Self::SignIn,
        Self::BrowserPrompt,
        Self::CodePrompt,
        Self::AskedInPlace,
        Self::Rememberable,
        Self::SignedIn,
        Self::SecondList,
        Self::List,
        Self::Accounts,
        Self::AccountFilter,
        Self::FailedRow,
        Self::Details,
        Self::Settled,
        Self::Tree,
        Self::BlobRow,
        Self::Gatherable,
        Self::Rules,
        Self::Filter,
        Self::Counts,
        Self::Counting,
        Self::Uncounted,
        Self::Splittable,
        Self::Page,
        Self::Found,
        Self::TypedRule,
        Self::Printable,
        Self::RequestPage,
        Self::Sizes,
        Self::Field,
        Self::Choice,
        Self::Earlier,
        Self::Creatable,
        Self::NewGroup,
        Self::Failed,
        Self::Busy,
        Self::Loaded,
        Self::Copyable,
        Self::Unregistered,
        Self::Services,
        Self::Parcel,
        Self::Checklist,
        Self::PapersPage,
        Self::Cancellable,
        Self::Reasoned,
        Self::Reason,
        Self::TypedDeletion,
        Self::Deletable,
        Self::Decidable,
        Self::LockRemovable,
        Self::Followed,
        Self::Rehearsed,
        Self::RehearsalPage,
        Self::Gone,
        Self::KeysShown,
        Self::Logged,
        Self::Reasons,
        Self::Failures,
        Self::Savable,
        Self::Retriable,
        Self::AttachedDrives,
        Self::Checking,
        Self::CheckPaused,
        Self::FetchAgain,
        Self::CheckedDrives,
        Self::FirstStep,
        Self::Wizard,
        Self::Letters,
        Self::Everywhere,
    ];

    /// Whether letters are text in it.
    pub fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Field | Self::Filter | Self::AccountFilter | Self::StartFilter | Self::KeysPage | Self::StepList
        )
    }

    /// Whether its keys work while a text is typed, behind those that edit it.
    pub fn is_behind_text(self) -> bool {
        self.is_anywhere() || matches!(self, Self::Wizard | Self::Everywhere)
    }

    /// Whether its keys work wherever the focus is: a Ctrl key that the screen names always works.
    pub fn is_anywhere(self) -> bool {
        matches!(self, Self::Failed | Self::Busy | Self::Unregistered | Self::Earlier | Self::Creatable)
    }
}
