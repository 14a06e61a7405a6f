//! The selection of an export as a set of rules. It never enumerates blobs and never talks to the service; `tree` shows rows and
//! `scan` counts the blobs that a rule matches.
//!
//! - `rule`: an entry of the export list; `target`: a row that can be checked.
//! - `selection`: the rules, their changes and undo; `check`: check marks; `toggle`: the keys that check.
//! - `exclude`: the rules that are left when rows below a checked folder are unchecked, with `complement` for the names of one
//!   listing; `uncheck`: that work as a value for another thread; `listing_key`: the listings it needs.
//! - `compile` and `xml`: the two forms the service takes; `read`: a list file back into rules.
//! - `typed`: a rule as a person types it, with `address`, `container` and `time` for its parts.
//! - `findings`: marks on rules that are probably not meant.

mod address;
mod check;
mod compile;
mod complement;
mod container;
mod exclude;
mod findings;
mod listing_key;
mod read;
mod rule;
mod selection;
mod target;
mod time;
mod toggle;
mod typed;
mod uncheck;
mod xml;

pub use check::Check;
pub use compile::{CompileError, Compiled, FileReason, INLINE_LIMIT, InlineListSlash, compile, compile_for_data_box};
pub use complement::{Cancelled, complement, shared};
pub use exclude::{Listings, UncheckError};
pub use findings::{AccountKnowledge, RuleFinding, RuleMark, findings};
pub use listing_key::ListingKey;
pub use read::{NoteSum, Position, ReadError, ReadList, ReadNote, read_list};
pub use rule::Rule;
pub use selection::{Change, Selection};
pub use target::Target;
pub use toggle::{FolderOffer, Toggle};
pub use typed::{RuleForm, TypedError, TypedRule, TypedWarning, read_rule, typed};
pub use uncheck::{SiblingNames, Uncheck};
pub use xml::{NotXml, write_list, write_plain_list};

#[cfg(test)]
mod tests;
