//! A Blob service on loopback for scans. It lists given rows or a generated account, and misbehaves on request. It knows listing and
//! nothing else.

mod query;
mod refusal;
mod rows;
mod server;

use super::arrow_pages;
pub(crate) use refusal::{Body, PagePosition, Refusal};
pub(crate) use rows::{Listing, Row};
pub(crate) use server::{Arrow, Ranges, Server, ServerFault};
