//! Moves from step to step: next, back, the rail, the focus. The step on screen gets every other key.

use crate::app::model::{Focus, Wizard};
use crate::draft::Draft;
use crate::protocol::action::{Action, Motion};
use crate::protocol::message::Effect;
use crate::protocol::step::Step;
use crate::wizard::step::{Navigation, StepOutcome};
use crate::wizard::{list, rail, service};

/// Why the draft is closed.
pub(super) enum Left {
    /// For the start screen.
    ForStart,
    /// For a new draft made from its answers.
    ForCopy,
}

pub(super) fn act_in_wizard(wizard: &mut Wizard, action: Action) -> Result<Vec<Effect>, Left> {
    match (wizard.focus, action) {
        (_, Action::CopyDraft) => Err(Left::ForCopy),
        (_, Action::Next) => Ok(next(wizard)),
        (_, Action::Register) => Ok(service::register(&mut wizard.shared)),
        (_, Action::Back) => back(wizard),
        (Focus::Rail(_), Action::Escape) => {
            wizard.focus = Focus::Body;
            Ok(Vec::new())
        }
        (_, Action::Escape) => {
            if wizard.steps.get_mut(wizard.shared.draft.step).close(&mut wizard.shared) {
                Ok(Vec::new())
            } else if wizard.shared.draft.step == Step::SignIn && wizard.visiting_from.is_none() {
                let (back, quit) = (wizard.shared.key(&Action::Back), wizard.shared.key(&Action::Quit));
                wizard.shared.say(format!("This is the first step. {back} leads to the drafts; {quit} leaves."));
                Ok(Vec::new())
            } else {
                back(wizard)
            }
        }
        (_, Action::Goto(step)) | (Focus::Rail(step), Action::Activate) => Ok(visit(wizard, step)),
        (Focus::Rail(step), Action::Move(motion)) => {
            wizard.focus = Focus::Rail(rail_neighbour(step, motion));
            Ok(Vec::new())
        }
        (_, Action::FocusForward) => Ok(move_focus(wizard, true)),
        (_, Action::FocusBackward) => Ok(move_focus(wizard, false)),
        (Focus::Body, Action::Move(motion)) => Ok(go(wizard, motion)),
        // Text below the last row is passed line by line.
        (Focus::Button, Action::Move(Motion::Up)) if !wizard.view.hides_focus() => Ok(into_body(wizard)),
        (Focus::Button, Action::Move(motion)) => {
            // The page scrolls beside the button; no row of it gets the focus.
            let _stays_on_the_button = wizard.view.scroll(motion);
            Ok(Vec::new())
        }
        (focus, action) if focus == Focus::Body || action.is_anywhere() => {
            let unseen = focus == Focus::Body && wizard.view.hides_focus();
            if focus == Focus::Body {
                wizard.view.follow();
            }
            // A row out of view is scrolled into view before it is chosen.
            if unseen && matches!(action, Action::Activate | Action::Toggle) {
                return Ok(Vec::new());
            }
            let outcome = wizard.steps.get_mut(wizard.shared.draft.step).act(&mut wizard.shared, action);
            Ok(follow_up(wizard, outcome))
        }
        _ => Ok(Vec::new()),
    }
}

/// Moves through the page: by line until the next row to choose is in view, then the focus.
fn go(wizard: &mut Wizard, motion: Motion) -> Vec<Effect> {
    let step = wizard.shared.draft.step;
    let Some(stops) = wizard.view.scroll(motion) else {
        let outcome = wizard.steps.get_mut(step).act(&mut wizard.shared, Action::Move(motion));
        return follow_up(wizard, outcome);
    };
    // A field is left on purpose only.
    if wizard.is_typing() {
        return Vec::new();
    }
    let along = if stops < 0 { Motion::Up } else { Motion::Down };
    let rules = wizard.steps.get_mut(step);
    (0..stops.unsigned_abs()).flat_map(|_| rules.act(&mut wizard.shared, Action::Move(along)).effects).collect()
}

fn rail_neighbour(step: Step, motion: Motion) -> Step {
    let row = list::moved(step.index(), Step::ALL.len(), motion, 5);
    Step::ALL.get(row).copied().unwrap_or(step)
}

fn move_focus(wizard: &mut Wizard, forward: bool) -> Vec<Effect> {
    wizard.view.follow();
    let step = wizard.shared.draft.step;
    let rules = wizard.steps.get_mut(step);
    wizard.focus = match wizard.focus {
        Focus::Body if rules.move_focus(&mut wizard.shared, forward) => Focus::Body,
        Focus::Body if forward => Focus::Button,
        Focus::Button if forward => Focus::Rail(step),
        Focus::Body => Focus::Rail(step),
        Focus::Rail(_) if !forward => Focus::Button,
        Focus::Button | Focus::Rail(_) => {
            rules.take_focus(&mut wizard.shared, forward);
            Focus::Body
        }
    };
    Vec::new()
}

/// From the button to the last row. A page that shows the row stays as it is, so that no text below the row is passed over.
fn into_body(wizard: &mut Wizard) -> Vec<Effect> {
    if !wizard.view.is_on_last_stop() {
        return move_focus(wizard, false);
    }
    let step = wizard.shared.draft.step;
    wizard.steps.get_mut(step).take_focus(&mut wizard.shared, false);
    wizard.focus = Focus::Body;
    Vec::new()
}

pub(super) fn follow_up(wizard: &mut Wizard, outcome: StepOutcome) -> Vec<Effect> {
    let mut effects = outcome.effects;
    match outcome.navigation {
        Navigation::Stay => {}
        Navigation::Button => wizard.focus = Focus::Button,
        Navigation::ReadOn => drop(wizard.view.scroll(Motion::PageDown)),
        Navigation::Visit(step) => effects.extend(visit(wizard, step)),
        Navigation::Next => effects.extend(next(wizard)),
    }
    effects
}

/// Next always moves or says why not (W06).
pub(super) fn next(wizard: &mut Wizard) -> Vec<Effect> {
    let step = wizard.shared.draft.step;
    let mut effects = match wizard.steps.get_mut(step).leave(&mut wizard.shared) {
        Ok(effects) => effects,
        Err(why) => {
            wizard.focus = Focus::Body;
            wizard.view.follow();
            wizard.shared.warn(why);
            return Vec::new();
        }
    };
    // Review and Ship go on only once the service has answered; their answer calls `next` again.
    if effects.iter().any(|effect| matches!(effect, Effect::Start { slot, .. } if slot.is_write())) {
        return effects;
    }
    let visiting = wizard.visiting_from.is_some();
    let target = wizard.visiting_from.take().filter(|from| *from > step).or(step.next());
    if let Some(target) = target {
        effects.extend(open(wizard, target));
        come_back(wizard, step, visiting);
    }
    effects
}

/// Back never validates, and typed text stays (W04).
fn back(wizard: &mut Wizard) -> Result<Vec<Effect>, Left> {
    let step = wizard.shared.draft.step;
    let visiting = wizard.visiting_from.is_some();
    match wizard.visiting_from.take().or(step.previous()) {
        Some(target) => {
            let effects = open(wizard, target);
            come_back(wizard, step, visiting);
            Ok(effects)
        }
        None => Err(Left::ForStart),
    }
}

/// Notes where the draft will be resumed: on the step whose answers the person changed, or on one that was reached for the first
/// time. Going back to look changes nothing.
pub(super) fn note_work(wizard: &mut Wizard, before: &Draft, by_hand: bool) {
    let draft = &mut wizard.shared.draft;
    if draft.id != before.id {
        return;
    }
    let worked_on = if by_hand && !draft.answers_like(before) {
        draft.step.max(before.step)
    } else {
        draft.step.max(before.resumes_at())
    };
    if draft.resumes_at() != worked_on {
        draft.worked_on = Some(worked_on);
    }
}

/// The review has the focus where the person left it for a visit (W39).
fn come_back(wizard: &mut Wizard, from: Step, visiting: bool) {
    if visiting && wizard.shared.draft.step == Step::Review {
        wizard.steps.review.come_back(from);
    }
}

/// Opens a step out of turn; leaving it returns here (W07).
pub(super) fn visit(wizard: &mut Wizard, step: Step) -> Vec<Effect> {
    if says_locked(wizard, step) {
        return Vec::new();
    }
    let from = wizard.shared.draft.step;
    if from != step {
        wizard.visiting_from = Some(wizard.visiting_from.unwrap_or(from)).filter(|from| *from != step);
    }
    open(wizard, step)
}

fn open(wizard: &mut Wizard, step: Step) -> Vec<Effect> {
    if says_locked(wizard, step) {
        return Vec::new();
    }
    let mut effects = wizard.steps.get_mut(wizard.shared.draft.step).away(&mut wizard.shared);
    wizard.shared.draft.step = step;
    wizard.focus = Focus::Body;
    let rules = wizard.steps.get_mut(step);
    rules.take_focus(&mut wizard.shared, true);
    effects.extend(rules.enter(&mut wizard.shared));
    effects
}

/// Whether a step cannot be opened yet; shows the reason if so.
fn says_locked(wizard: &mut Wizard, step: Step) -> bool {
    let locked = rail::progress(&wizard.shared, step).locked;
    if let Some(why) = &locked {
        wizard.shared.warn(format!("{} cannot be opened yet: {why}.", step.name()));
    }
    locked.is_some()
}
