//! Takes a row out of a selection on a thread of its own, because the computation may be long. `select` does the computing.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::azure::fault::Fault;
use crate::protocol::message::Reply;
use crate::select::Uncheck;

/// Carries the work out. Dropping the future stops the thread soon.
///
/// # Errors
/// Only a mistake of the program: a listing that the computation needs is missing.
pub(super) async fn uncheck(work: Arc<Uncheck>) -> Result<Reply, Fault> {
    let stop = CancellationToken::new();
    let _stops_the_thread = stop.clone().drop_guard();
    let tried = format!("uncheck {}", work.target.text());
    let found = tokio::task::spawn_blocking(move || work.carry_out(&|| stop.is_cancelled())).await;
    let found = found.map_err(|_| Fault::local(&tried, "the program made a mistake of its own"))?;
    found.map(Reply::Unchecked).map_err(|why| Fault::local(&tried, why.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::select::{ListingKey, Rule, SiblingNames, Target};

    fn work(siblings: usize) -> Arc<Uncheck> {
        let names: Vec<String> = (0..siblings).map(|index| format!("{:08}", index * 7)).collect();
        let names: SiblingNames = names.iter().map(String::as_str).collect();
        Arc::new(Uncheck {
            rules: Arc::new(vec![Rule::Prefix("/c/".into())]),
            target: Target::Blob { container: "c".into(), name: "00000007".into() },
            keeps_blob: false,
            listings: vec![(ListingKey::Names("/c/".into()), names)],
        })
    }

    #[tokio::test]
    async fn t23_giving_up_stops_the_thread() {
        let work = work(200_000);
        let task = tokio::spawn(uncheck(Arc::clone(&work)));
        tokio::task::yield_now().await;
        task.abort();
        assert!(task.await.is_err_and(|why| why.is_cancelled()));
        // The thread drops the work when it stops; then this test holds the only reference.
        while Arc::strong_count(&work) > 1 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn t23_one_of_many_is_taken_out() {
        let Ok(Reply::Unchecked(change)) = uncheck(work(1_000)).await else { panic!("no change came") };
        let mut selection = crate::select::Selection::from_rules([Rule::Prefix("/c/".into())]);
        assert!(selection.make(change) && selection.len() > 5);
    }
}
