//! Where drives are shipped: the way from the account's region to the location that receives them, and its address as a preview.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::Wizard;
use crate::azure::model::{Location, LocationName};
use crate::form::{FormFacts, carrier, country};
use crate::protocol::action::Action;
use crate::protocol::message::Slot;
use crate::protocol::step::Step;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wizard::shared::Shared;
use crate::wizard::steps::location::{LocationStep, Route, listed, region};
use crate::wizard::{paperwork, service};

pub(super) fn body(wizard: &Wizard, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let (shared, step) = (&wizard.shared, &wizard.steps.location);
    if let Some(region) = region(shared) {
        body.pair(ctx, "Account region", region.as_str(), Style::new());
    }
    if let Some(sentence) = service::sentence(shared) {
        let style = if service::obstacle(shared).is_some() { theme::alarm() } else { theme::dim() };
        body.say(ctx, &sentence, style);
    }
    match LocationStep::route(shared) {
        _ if service::obstacle(shared).is_some() => {}
        None => body.busy(ctx, Slot::Locations, "Reading the locations"),
        Some(Route::Found(way)) => found(&mut body, ctx, shared, &way),
        Some(Route::Served(name)) => served(&mut body, ctx, shared, &name),
        Some(Route::Unknown) if LocationStep::open_locations(shared).is_empty() => {
            body.say(ctx, "The service names no place that takes drives for this region.", theme::alarm());
        }
        Some(Route::Unknown) => {
            body.say(
                ctx,
                "The service has no location of this name. Choose the one that will receive the drives.",
                theme::caution(),
            );
            choose(&mut body, ctx, shared, step);
        }
        Some(Route::Broken(last)) => {
            let words =
                format!("The service sends drives for this region on from {last} to nowhere. Choose a location.");
            body.say(ctx, &words, theme::caution());
            choose(&mut body, ctx, shared, step);
        }
    }
    if let Some(location) = step.candidate(shared) {
        preview(&mut body, ctx, shared, location);
    }
    if let Some(fault) = &step.fault {
        body.fault(ctx, fault);
    }
    body
}

fn found(body: &mut Body, ctx: &DrawContext, shared: &Shared, way: &[LocationName]) {
    let titles: Vec<String> = way.iter().map(|name| title_of(shared, name)).collect();
    body.pair(ctx, "Ship drives to", titles.last().map_or("", String::as_str), theme::title());
    if titles.len() > 1 {
        let arrow = format!(" {} ", ctx.glyphs.arrow);
        let words =
            format!("{} takes no drives at present; the service sends them on: {}.", titles[0], titles.join(&arrow));
        body.say_with(ctx, "~ ", &words, theme::caution());
    }
    abroad(body, ctx, shared, way.first().zip(way.last()));
}

/// That the location is in another country than the region: the drives go there all the same.
fn abroad(body: &mut Body, ctx: &DrawContext, shared: &Shared, ends: Option<(&LocationName, &LocationName)>) {
    let Some((from, to)) = ends else { return };
    let address = listed(shared, to).map_or("", |location| location.address.country.as_str());
    if let Some((here, there)) = country::of_region(from).zip(country::of_place(address, to))
        && here != there
    {
        let words =
            format!("That is in {}, not in {}: the data leaves the country of its region.", there.name, here.name);
        body.say_with(ctx, "~ ", &words, theme::caution());
    }
}

/// Data Box serves a region at the same or at another place.
fn served(body: &mut Body, ctx: &DrawContext, shared: &Shared, name: &LocationName) {
    body.pair(ctx, "Ship drives to", &title_of(shared, name), theme::title());
    if region(shared).is_some_and(|region| region != *name) {
        body.say_with(ctx, "~ ", &format!("Data of this region is exported in {name}."), theme::caution());
    }
    abroad(body, ctx, shared, region(shared).as_ref().map(|region| (region, name)));
}

fn title_of(shared: &Shared, name: &LocationName) -> String {
    listed(shared, name).map_or_else(|| name.to_string(), |location| location.title.clone())
}

fn choose(body: &mut Body, ctx: &DrawContext, shared: &Shared, step: &LocationStep) {
    for (row, location) in LocationStep::open_locations(shared).into_iter().enumerate() {
        body.row(ctx, row == step.row, vec![Span::raw(text::clean(&location.title))]);
    }
}

fn preview(body: &mut Body, ctx: &DrawContext, shared: &Shared, location: &Location) {
    body.blank();
    if let Some(notice) = location.address.notice() {
        body.line(Span::styled("No street address is listed. The service says:", theme::caution()));
        body.say_with(ctx, "  ", &notice, theme::caution());
        let words = "An instruction, not an address: follow it once the job exists, and ship nothing before.";
        body.say(ctx, words, theme::dim());
    } else if location.address.is_complete() {
        body.line(Span::styled("Address as listed today", theme::dim()));
        for line in location.address.lines() {
            body.say_with(ctx, "  ", &line, Style::new());
        }
    } else {
        body.line(Span::styled("No street address is listed.", theme::caution()));
    }
    body.blank();
    body.say(ctx, "A preview only. Ship to the address the job itself shows after it was created.", theme::dim());
    for words in paperwork::papers(&location.address, &location.name, &shared.draft.address.address.country) {
        body.say_with(ctx, "~ ", &words, theme::caution());
    }
    if !location.carriers.is_empty() {
        body.pair(ctx, "Return carriers", &location.carriers.join(", "), Style::new());
    }
    let carrier = shared.draft.address.shipping.carrier.trim();
    let facts = FormFacts { carriers: location.carriers.clone(), ..FormFacts::default() };
    if let Some(doubt) = carrier::doubt(carrier, &facts) {
        let address = ctx.key(&Action::Goto(Step::Address));
        body.say_with(ctx, "~ ", &format!("{doubt} The return address ({address}) has the carrier."), theme::caution());
    }
    if !location.address.additional.trim().is_empty() {
        body.pair(ctx, "Note", &location.address.additional, Style::new());
    }
}
