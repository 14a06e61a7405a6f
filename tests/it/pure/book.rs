//! The book in `docs/`. Its tables are what the program itself says: `BLOBFREIGHT_DOCS=write cargo test --test pure -- book` writes them anew. Its links
//! lead somewhere, its summary names every page, and each sentence that it explains is one that the program says.

mod links;
mod pages;
mod pictures;
mod sentences;
mod tables;
