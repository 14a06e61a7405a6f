//! Where drives are shipped: the way from the account's region to the location that receives them, and its address as a preview.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::Wizard;
use crate::app::protocol::Slot;
use crate::azure::model::{Location, LocationName};
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::{text, theme};
use crate::wizard::desk::Desk;
use crate::wizard::location::{Route, ShippingLocation, region};

pub fn sheet(wizard: &Wizard, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::default();
    let (desk, step) = (&wizard.desk, &wizard.steps.location);
    if let Some(region) = region(desk) {
        sheet.pair(pen, "Account region", region.as_str(), Style::new());
    }
    match ShippingLocation::route(desk) {
        None => sheet.busy(pen, Slot::Locations, "Reading the locations"),
        Some(Route::Found(way)) => found(&mut sheet, pen, desk, &way),
        Some(Route::Unknown) => {
            sheet.say(
                pen,
                "The service has no location of this name. Choose the one that will receive the drives.",
                theme::caution(),
            );
            choose(&mut sheet, pen, desk, step);
        }
        Some(Route::Broken(last)) => {
            let words =
                format!("The service sends drives for this region on from {last} to nowhere. Choose a location.");
            sheet.say(pen, &words, theme::caution());
            choose(&mut sheet, pen, desk, step);
        }
    }
    if let Some(location) = step.candidate(desk) {
        preview(&mut sheet, pen, location);
    }
    if let Some(fault) = &step.fault {
        sheet.fault(pen, fault);
    }
    sheet
}

fn found(sheet: &mut Sheet, pen: &Pen, desk: &Desk, way: &[LocationName]) {
    let titles: Vec<String> = way.iter().map(|name| title_of(desk, name)).collect();
    sheet.pair(pen, "Ship drives to", titles.last().map_or("", String::as_str), theme::title());
    if titles.len() > 1 {
        let arrow = format!(" {} ", pen.signs.arrow);
        let words =
            format!("{} takes no drives at present; the service sends them on: {}.", titles[0], titles.join(&arrow));
        sheet.say_with(pen, "~ ", &words, theme::caution());
    }
}

fn title_of(desk: &Desk, name: &LocationName) -> String {
    let known = desk.catalogue.locations.iter().flatten().find(|location| location.name == *name);
    known.map_or_else(|| name.to_string(), |location| location.title.clone())
}

fn choose(sheet: &mut Sheet, pen: &Pen, desk: &Desk, step: &ShippingLocation) {
    for (row, location) in ShippingLocation::open_locations(desk).into_iter().enumerate() {
        sheet.row(pen, row == step.row, vec![Span::raw(text::clean(&location.title))]);
    }
}

fn preview(sheet: &mut Sheet, pen: &Pen, location: &Location) {
    sheet.blank();
    if location.address.is_complete() {
        sheet.line(Span::styled("Address as listed today", theme::dim()));
        for line in location.address.lines() {
            sheet.say_with(pen, "  ", &line, Style::new());
        }
    } else {
        sheet.line(Span::styled("No street address is listed. The service says:", theme::caution()));
        for line in location.address.lines() {
            sheet.say_with(pen, "  ", &line, theme::caution());
        }
    }
    sheet.blank();
    sheet.say(pen, "A preview only. Ship to the address the job itself shows after it was created.", theme::dim());
    if !location.carriers.is_empty() {
        sheet.pair(pen, "Return carriers", &location.carriers.join(", "), Style::new());
    }
    if !location.address.additional.trim().is_empty() {
        sheet.pair(pen, "Note", &location.address.additional, Style::new());
    }
}
