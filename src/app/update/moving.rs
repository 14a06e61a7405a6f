//! Going from step to step: next, back, the rail, and where the focus goes. What a step makes of a key is its own.

use crate::app::action::{Action, Motion};
use crate::app::model::{Focus, Wizard};
use crate::app::protocol::Effect;
use crate::draft::Draft;
use crate::wizard::conduct::{Then, Turn};
use crate::wizard::{Step, list, rail};

/// The open draft is left.
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
        (_, Action::Back) => back(wizard),
        (Focus::Rail(_), Action::Escape) => {
            wizard.focus = Focus::Body;
            Ok(Vec::new())
        }
        (_, Action::Escape) => {
            if wizard.steps.get_mut(wizard.desk.draft.step).close(&mut wizard.desk) {
                Ok(Vec::new())
            } else if wizard.desk.draft.step == Step::SignIn && wizard.visiting_from.is_none() {
                wizard.desk.say("This is the first step. Alt-← leads to the drafts; q leaves.");
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
            // What would be chosen is shown first.
            if unseen && matches!(action, Action::Activate | Action::Toggle) {
                return Ok(Vec::new());
            }
            let turn = wizard.steps.get_mut(wizard.desk.draft.step).act(&mut wizard.desk, action);
            Ok(follow_up(wizard, turn))
        }
        _ => Ok(Vec::new()),
    }
}

/// Moves through the page: by line until the next row to choose is in view, then the focus.
fn go(wizard: &mut Wizard, motion: Motion) -> Vec<Effect> {
    let step = wizard.desk.draft.step;
    let Some(stops) = wizard.view.scroll(motion) else {
        let turn = wizard.steps.get_mut(step).act(&mut wizard.desk, Action::Move(motion));
        return follow_up(wizard, turn);
    };
    // A field is left on purpose only.
    if wizard.is_typing() {
        return Vec::new();
    }
    let along = if stops < 0 { Motion::Up } else { Motion::Down };
    let rules = wizard.steps.get_mut(step);
    (0..stops.unsigned_abs()).flat_map(|_| rules.act(&mut wizard.desk, Action::Move(along)).effects).collect()
}

fn rail_neighbour(step: Step, motion: Motion) -> Step {
    let row = list::moved(step.index(), Step::ALL.len(), motion, 5);
    Step::ALL.get(row).copied().unwrap_or(step)
}

fn move_focus(wizard: &mut Wizard, forward: bool) -> Vec<Effect> {
    wizard.view.follow();
    let step = wizard.desk.draft.step;
    let rules = wizard.steps.get_mut(step);
    wizard.focus = match wizard.focus {
        Focus::Body if rules.move_focus(&mut wizard.desk, forward) => Focus::Body,
        Focus::Body if forward => Focus::Button,
        Focus::Button if forward => Focus::Rail(step),
        Focus::Body => Focus::Rail(step),
        Focus::Rail(_) if !forward => Focus::Button,
        Focus::Button | Focus::Rail(_) => {
            rules.take_focus(&mut wizard.desk, forward);
            Focus::Body
        }
    };
    Vec::new()
}

fn follow_up(wizard: &mut Wizard, turn: Turn) -> Vec<Effect> {
    let mut effects = turn.effects;
    match turn.then {
        Then::Stay => {}
        Then::Button => wizard.focus = Focus::Button,
        Then::ReadOn => drop(wizard.view.scroll(Motion::PageDown)),
        Then::Visit(step) => effects.extend(visit(wizard, step)),
        Then::Next => effects.extend(next(wizard)),
    }
    effects
}

/// Next always moves or says why not (W06).
pub(super) fn next(wizard: &mut Wizard) -> Vec<Effect> {
    let step = wizard.desk.draft.step;
    let mut effects = match wizard.steps.get_mut(step).leave(&mut wizard.desk) {
        Ok(effects) => effects,
        Err(why) => {
            wizard.focus = Focus::Body;
            wizard.view.follow();
            wizard.desk.warn(why);
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

/// Back never validates and keeps what was typed (W04).
fn back(wizard: &mut Wizard) -> Result<Vec<Effect>, Left> {
    let step = wizard.desk.draft.step;
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

/// Notes where the draft is to be resumed: on the step whose answers the person changed, or on one that was reached for the first
/// time. Going back to look changes nothing.
pub(super) fn note_work(wizard: &mut Wizard, before: &Draft, by_hand: bool) {
    let draft = &mut wizard.desk.draft;
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
    if visiting && wizard.desk.draft.step == Step::Review {
        wizard.steps.review.come_back(from);
    }
}

/// Opens a step out of turn; leaving it returns here (W07).
fn visit(wizard: &mut Wizard, step: Step) -> Vec<Effect> {
    if says_locked(wizard, step) {
        return Vec::new();
    }
    let from = wizard.desk.draft.step;
    if from != step {
        wizard.visiting_from = Some(wizard.visiting_from.unwrap_or(from)).filter(|from| *from != step);
    }
    open(wizard, step)
}

fn open(wizard: &mut Wizard, step: Step) -> Vec<Effect> {
    if says_locked(wizard, step) {
        return Vec::new();
    }
    let mut effects = wizard.steps.get_mut(wizard.desk.draft.step).away(&mut wizard.desk);
    wizard.desk.draft.step = step;
    wizard.focus = Focus::Body;
    let rules = wizard.steps.get_mut(step);
    rules.take_focus(&mut wizard.desk, true);
    effects.extend(rules.enter(&mut wizard.desk));
    effects
}

/// Whether a step cannot be opened yet, which is then said.
fn says_locked(wizard: &mut Wizard, step: Step) -> bool {
    let locked = rail::progress(&wizard.desk, step).locked;
    if let Some(why) = &locked {
        wizard.desk.warn(format!("{} cannot be opened yet: {why}.", step.name()));
    }
    locked.is_some()
}
