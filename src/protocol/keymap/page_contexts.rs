//! Which contexts ever apply at once, page by page: one key may mean two things only where they never meet.

use super::context::{Context, Context as C};

/// The contexts of each page, without those of [`ON_STEPS`] and [`ALWAYS`].
const PAGES: &[&[C]] = &[
    &[C::Help, C::Page, C::Letters],
    &[C::KeysPage],
    &[C::StepList],
    &[C::Held, C::HeldElsewhere, C::Page, C::Letters],
    &[C::BrowserPrompt, C::AskedInPlace, C::Page, C::Letters],
    &[C::CodePrompt, C::AskedInPlace, C::Page, C::Letters],
    &[C::Start, C::DraftRow, C::ArchivedRow, C::JobRow, C::JobsUnseen, C::Filtered, C::Discarded, C::Busy, C::Letters],
    &[C::StartFilter, C::Busy],
    // A question of any step.
    &[C::Question, C::Reasoned, C::Decidable, C::Page, C::Unregistered, C::Letters],
];

/// The contexts of each step, page by page.
const STEPS: &[&[C]] = &[
    &[C::Rail, C::Letters],
    &[C::Button, C::Letters],
    // Sign in.
    &[C::FirstStep, C::Rail, C::Button, C::Letters],
    &[C::FirstStep, C::SignIn, C::Onward, C::Rememberable, C::SignedIn, C::SecondList, C::List, C::Letters],
    &[C::FirstStep, C::BrowserPrompt, C::Page, C::Letters],
    &[C::FirstStep, C::CodePrompt, C::Page, C::Letters],
    // Account.
    &[C::SecondList, C::Services, C::Copyable, C::List, C::Accounts, C::Loaded, C::Letters],
    &[C::AccountFilter],
    // Blobs.
    &[C::Settled, C::Onward, C::Page, C::Letters],
    &[C::FailedRow, C::Gatherable, C::BlobRow, C::Tree, C::Letters],
    &[C::Details, C::Page, C::Letters],
    &[C::Filter],
    &[C::Found, C::Letters],
    &[C::Rules, C::Letters],
    &[C::TypedRule, C::Field],
    &[C::Page, C::Letters],
    // Drives.
    &[C::Counting, C::Uncounted, C::Splittable, C::Counts, C::Letters],
    &[C::Sizes, C::Field],
    &[C::Sizes, C::Choice, C::Letters],
    // Return address, and the forms of the other steps.
    &[C::Earlier, C::Creatable, C::Field],
    &[C::Earlier, C::Creatable, C::Choice, C::Letters],
    &[C::Earlier, C::Creatable, C::Rail, C::Button, C::Letters],
    &[C::NewGroup, C::Field],
    // Location.
    &[C::Onward, C::Services, C::List, C::Loaded, C::Letters],
    // Review.
    &[C::AnswerRow, C::Answers, C::List, C::Printable, C::Gone, C::Letters],
    &[C::RequestPage, C::Page, C::Letters],
    // Ship.
    &[C::Parcel, C::Copyable, C::Loaded, C::Onward, C::List, C::Letters],
    &[C::Checklist, C::Letters],
    &[C::PapersPage, C::Page, C::Letters],
    &[C::Gone, C::LockRemovable, C::Loaded, C::Page, C::Letters],
    // Follow.
    &[
        C::Onward,
        C::Cancellable,
        C::Deletable,
        C::Decidable,
        C::LockRemovable,
        C::Logged,
        C::Rehearsed,
        C::Loaded,
        C::Copyable,
        C::Followed,
        C::List,
        C::Letters,
    ],
    &[C::TypedDeletion, C::Field],
    &[C::Reason, C::Field],
    &[C::RehearsalPage, C::Letters],
    &[C::Retriable, C::Savable, C::Reasons, C::Failures, C::List, C::Loaded, C::Page, C::Letters],
    // Keys.
    &[C::KeysShown, C::Logged, C::Loaded, C::Page, C::Letters],
    // Verify.
    &[C::AttachedDrives, C::Letters],
    &[C::Checking, C::Page, C::Letters],
    &[C::CheckPaused, C::Page, C::Letters],
    &[C::FetchAgain, C::CheckedDrives, C::Page, C::Letters],
];

/// They come with every page of a step.
const ON_STEPS: &[C] = &[C::Unregistered, C::Failed, C::Busy, C::Wizard];

/// They come with every page.
const ALWAYS: &[C] = &[C::Everywhere];

impl Context {
    /// Whether keys of both ever count at once.
    pub fn meets(self, other: Self) -> bool {
        let among = |page: &[C], more: &[C]| {
            let has = |one: Self| page.contains(&one) || more.contains(&one) || ALWAYS.contains(&one);
            has(self) && has(other)
        };
        PAGES.iter().any(|page| among(page, &[])) || STEPS.iter().any(|page| among(page, ON_STEPS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_context_is_met_by_those_that_are_everywhere_and_by_itself() {
        for context in C::ALL.iter().copied() {
            assert!(context.meets(C::Everywhere) && C::Everywhere.meets(context), "{context:?}");
            assert!(context.meets(context), "{context:?}");
        }
    }

    #[test]
    fn what_belongs_to_different_steps_never_meets() {
        for (one, other) in
            [(C::Tree, C::Followed), (C::Question, C::Tree), (C::Start, C::Wizard), (C::Filter, C::Letters)]
        {
            assert!(!one.meets(other) && !other.meets(one), "{one:?} {other:?}");
        }
        assert!(C::Tree.meets(C::Wizard) && C::Tree.meets(C::Failed) && C::Rules.meets(C::Letters));
    }
}
