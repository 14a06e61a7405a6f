//! What will be exported, as a set of rules: check marks, undo, complements and the wire forms. It never enumerates blobs
//! and never talks to the service; `tree` shows rows and `scan` counts what a rule matches.
//!
//! Read `rule` first (what can be selected and what a row is), then `selection` (check marks and undo), then `carve`
//! (taking children out of a checked folder) and `uncheck` (that as work for another thread). `compile` and `xml` give the service's two forms.

mod address;
mod compile;
mod complement;
mod container;
mod exclude;
mod findings;
mod level;
mod read;
mod rule;
mod selection;
mod target;
mod time;
mod toggle;
mod typed;
mod uncheck;
mod xml;

pub use compile::{CompileError, Compiled, FileReason, INLINE_LIMIT, compile};
pub use complement::{Cancelled, complement, shared};
pub use exclude::{Listings, UncheckError};
pub use findings::{AccountKnowledge, RuleFinding, RuleMark, findings};
pub use level::ListingKey;
pub use read::{NoteSum, Position, ReadError, ReadList, ReadNote, read_list};
pub use rule::Rule;
pub use selection::{Change, Check, Selection};
pub use target::Target;
pub use toggle::{FolderOffer, Toggle};
pub use typed::{RuleForm, TypedError, TypedRule, TypedWarning, read_rule, typed};
pub use uncheck::{SiblingNames, Uncheck};
pub use xml::{NotXml, write_list};

#[cfg(test)]
mod tests;
