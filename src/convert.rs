//! Conversion between the types of the program and those of one of its files, in both directions. The standard `From` does not
//! convert an `Option<Subscription>` or a `Vec<NodeKey>`; this trait does.
//!
//! Both macros name every field or variant on both sides: one that is forgotten does not compile.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

/// A type with a counterpart `T`: `Step` with `SavedStep`, and `SavedStep` with `Step`.
pub(crate) trait Convert<T> {
    /// The counterpart of this value.
    fn convert(self) -> T;
}

/// Types that are the same in the program and in a file.
macro_rules! unchanged {
    ($($plain:ty),*) => {
        $(impl Convert<$plain> for $plain {
            fn convert(self) -> $plain {
                self
            }
        })*
    };
}

unchanged!(bool, u8, u32, u64, usize, String, Timestamp);

impl<T: Convert<U>, U> Convert<Option<U>> for Option<T> {
    fn convert(self) -> Option<U> {
        self.map(Convert::convert)
    }
}

impl<T: Convert<U>, U> Convert<Vec<U>> for Vec<T> {
    fn convert(self) -> Vec<U> {
        self.into_iter().map(Convert::convert).collect()
    }
}

impl<A: Convert<C>, B: Convert<D>, C, D> Convert<(C, D)> for (A, B) {
    fn convert(self) -> (C, D) {
        (self.0.convert(), self.1.convert())
    }
}

impl<T: Convert<U>, U: Ord> Convert<BTreeSet<U>> for BTreeSet<T> {
    fn convert(self) -> BTreeSet<U> {
        self.into_iter().map(Convert::convert).collect()
    }
}

impl<K: Convert<L>, V: Convert<W>, L: Ord, W> Convert<BTreeMap<L, W>> for BTreeMap<K, V> {
    fn convert(self) -> BTreeMap<L, W> {
        self.into_iter().map(Convert::convert).collect()
    }
}

/// `same_fields!(PartOf = SavedPart { number, of })`: two structs with the same fields.
macro_rules! same_fields {
    ($own:ident = $saved:ident { $($field:ident),* $(,)? }) => {
        impl Convert<$saved> for $own {
            fn convert(self) -> $saved {
                let $own { $($field),* } = self;
                $saved { $($field: $field.convert()),* }
            }
        }
        impl Convert<$own> for $saved {
            fn convert(self) -> $own {
                let $saved { $($field),* } = self;
                $own { $($field: $field.convert()),* }
            }
        }
    };
}

/// `same_variants!(LogLevel = SavedLogLevel { Error, Verbose })`: two enums with the same variants, which carry nothing.
macro_rules! same_variants {
    ($own:ident = $saved:ident { $($variant:ident),* $(,)? }) => {
        impl Convert<$saved> for $own {
            fn convert(self) -> $saved {
                match self {
                    $($own::$variant => $saved::$variant),*
                }
            }
        }
        impl Convert<$own> for $saved {
            fn convert(self) -> $own {
                match self {
                    $($saved::$variant => $own::$variant),*
                }
            }
        }
    };
}

pub(crate) use {same_fields, same_variants};
