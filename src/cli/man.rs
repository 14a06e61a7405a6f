//! `blobfreight man`: the man pages, one for each command, from the arguments themselves. Packages contain what this writes, so no page can
//! be older than the program.

use std::fs;
use std::io;
use std::path::Path;

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::args::Cli;
use super::environment::ENVIRONMENT;
use super::examples::EXAMPLES;
use super::failure::CommandFailure;
use super::help::{EXIT_STATUSES, GROUPS};
use super::print;
use crate::azure::fault::Fault;
use crate::files;
use crate::wording::many;

/// Writes all pages into a folder.
///
/// # Errors
/// The folder cannot be written.
pub(super) fn write(folder: &Path) -> Result<(), CommandFailure> {
    let written = fs::create_dir_all(folder).and_then(|()| {
        let pages = pages()?;
        pages.iter().try_for_each(|(name, page)| fs::write(folder.join(name), page)).map(|()| pages.len())
    });
    let pages = written.map_err(|error| {
        Fault::local(format!("write the man pages into {}", folder.display()), files::reason(&error))
            .advise("Name a folder that you can write to.")
    })?;
    print::out(&format!("{} in {}.\n", many(pages as u64, "man page"), folder.display()));
    Ok(())
}

/// Name and text of each page, e.g. `blobfreight-jobs-ship.1`.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    each(&command, "", &mut pages)?;
    Ok(pages)
}

fn each(command: &Command, path: &str, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let man =
        Man::new(command.clone()).manual("Blobfreight").source(concat!("blobfreight ", env!("CARGO_PKG_VERSION")));
    pages.push((man.get_filename(), page(command, path, &man)?));
    for sub in command.get_subcommands() {
        each(sub, format!("{path} {}", sub.get_name()).trim_start(), pages)?;
    }
    Ok(())
}

fn page(command: &Command, path: &str, man: &Man) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    if command.get_after_help().is_some() || command.get_after_long_help().is_some() {
        man.render_extra_section(&mut page)?;
    }
    behind(path).to_writer(&mut page)?;
    Ok(page)
}

/// Examples, exit statuses, environment and the other pages.
fn behind(path: &str) -> Roff {
    let mut roff = Roff::new();
    let examples: Vec<&str> = EXAMPLES.iter().filter(|(of, _)| *of == path).map(|(_, line)| *line).collect();
    if !examples.is_empty() {
        roff.control("SH", ["EXAMPLES"]);
        roff.control("nf", []);
        for line in examples {
            roff.text([roman(line)]);
        }
        roff.control("fi", []);
    }
    roff.control("SH", ["EXIT STATUS"]);
    for (status, meaning) in EXIT_STATUSES {
        tagged(&mut roff, status, meaning);
    }
    if path.is_empty() {
        roff.control("SH", ["ENVIRONMENT"]);
        for variable in ENVIRONMENT {
            tagged(&mut roff, variable.name, variable.meaning);
        }
        roff.control("SH", ["SEE ALSO"]);
        let names = GROUPS.iter().flat_map(|(_, names)| names.iter()).map(|name| format!("blobfreight-{name}(1)"));
        roff.text([roman(names.collect::<Vec<_>>().join(", "))]);
    } else {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([roman("blobfreight(1), which also lists the environment variables")]);
    }
    roff
}

fn tagged(roff: &mut Roff, tag: &str, text: &str) {
    roff.control("TP", []);
    roff.text([bold(tag)]);
    roff.text([roman(text)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_with_its_options_exit_statuses_and_example() {
        let pages = pages().unwrap();
        let page = |name: &str| {
            let (_, page) = pages.iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("no {name}"));
            String::from_utf8(page.clone()).unwrap()
        };
        let mut names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "no page is written over another");
        for (path, line) in EXAMPLES {
            let page = page(&format!("blobfreight-{}.1", path.replace(' ', "-")));
            let command = line.replace('-', "\\-");
            assert!(page.contains(&command) && page.contains("EXIT STATUS"), "{path}: {page}");
        }
        let top = page("blobfreight.1");
        assert!(ENVIRONMENT.iter().all(|variable| top.contains(&variable.name.replace('-', "\\-"))), "{top}");
        assert!(page("blobfreight-jobs-ship.1").contains("\\-\\-tracking"));
    }
}
