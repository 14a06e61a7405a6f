//! Scans of a service that answers in Apache Arrow: the same totals and findings as in XML, and XML where Arrow is refused or damaged.

use std::sync::atomic::Ordering;
use std::time::Duration;

use arrow_schema::TimeUnit;
use blobfreight::scan::{CountReport, ScanOptions, run};

use super::account::{essence, many_rules, options, prefix, row, rules, server, shot, sums};
use super::server::{Arrow, Listing, Row, Server};
use crate::support::arrow_pages::{ColumnForms, TextForm};

async fn counted(server: &Server, rules: &[blobfreight::select::Rule], options: &ScanOptions) -> CountReport {
    run(&server.source(), rules, options, |_| {}).await.unwrap()
}

#[tokio::test]
async fn t35_an_account_counts_the_same_in_arrow_as_in_xml() {
    let server = server().await;
    let forms = [
        ColumnForms::default(),
        ColumnForms {
            names: TextForm::View,
            texts: TextForm::Dictionary(1),
            unit: TimeUnit::Nanosecond,
            zone: None,
            signed: false,
            prefix: "BlobPrefix",
            with_empty: true,
            reversed: true,
            delta: true,
            ..ColumnForms::default()
        },
    ];
    let since = Some(20_261_122_210_000);
    for rules in [vec![prefix("/")], rules(), many_rules()] {
        for page_size in [1, 7, 5000] {
            let options = ScanOptions { page_size, since, ..options() };
            *server.arrow.lock().unwrap() = Arrow::Ignored;
            let xml = counted(&server, &rules, &options).await;
            assert!(xml.complete);
            for forms in forms {
                *server.arrow.lock().unwrap() = Arrow::Spoken(forms);
                let before = server.arrow_answers.load(Ordering::SeqCst);
                let arrow = counted(&server, &rules, &options).await;
                assert_eq!((essence(&arrow), arrow.complete), (essence(&xml), true), "pages of {page_size}");
                assert!(server.arrow_answers.load(Ordering::SeqCst) > before);
            }
        }
    }
}

#[tokio::test]
async fn t36_a_refused_service_version_is_remembered_and_not_asked_for_again() {
    let server = server().await;
    *server.arrow.lock().unwrap() = Arrow::Refused;
    let source = server.source();
    let options = ScanOptions { concurrency: 1, ..options() };
    let mut reports = Vec::new();
    for _ in 0..3 {
        let report = run(&source, &[prefix("/")], &options, |_| {}).await.unwrap();
        assert!(report.complete);
        reports.push(report.requests);
    }
    assert_eq!(server.arrow_refusals.load(Ordering::SeqCst), 1, "of {reports:?} requests");
}

#[tokio::test]
async fn t37_an_account_whose_arrow_is_damaged_or_unreadable_is_counted_in_xml() {
    for (arrow, most) in [(Arrow::Cut, 2), (Arrow::Unended, 1)] {
        let server = server().await;
        let xml = counted(&server, &[prefix("/")], &options()).await;
        *server.arrow.lock().unwrap() = arrow;
        let options = ScanOptions { concurrency: 1, ..options() };
        let report = counted(&server, &[prefix("/")], &options).await;
        assert_eq!((essence(&report), report.complete), (essence(&xml), true), "{arrow:?}");
        assert_eq!(server.arrow_answers.load(Ordering::SeqCst), most, "{arrow:?}");
    }
}

#[tokio::test]
async fn t40_no_listing_reads_beyond_its_end_where_arrow_is_spoken() {
    let flat = (0..400).map(|n| format!("file{n:08}.bin"));
    let folders = (0..400).map(|n| format!("d{:03}/{n:04}", n / 9));
    // A listing of whole folders needs no end.
    for (names, fewest) in [(flat.collect::<Vec<String>>(), 4), (folders.collect(), 1)] {
        let pair = |name: &String| [shot(name, "2026-01-01T00:00:00.0000000Z", 2), row(name, 3)];
        let rows: Vec<Row> = names.iter().flat_map(pair).collect();
        let server = Server::start(vec![("flat".into(), Box::new(rows) as Box<dyn Listing>)], Duration::ZERO).await;
        let options = ScanOptions { page_size: 7, concurrency: 8, ..options() };
        *server.arrow.lock().unwrap() = Arrow::Refused;
        let report = counted(&server, &[prefix("/flat/")], &options).await;
        assert_eq!((sums(&report), report.complete), ((400, 400, 2_000), true));
        assert_eq!(server.ended_before.lock().unwrap().len(), 0);
        *server.arrow.lock().unwrap() = Arrow::Spoken(ColumnForms::default());
        let report = counted(&server, &[prefix("/flat/")], &options).await;
        assert_eq!((sums(&report), report.complete), ((400, 400, 2_000), true));
        let ends = server.ended_before.lock().unwrap().clone();
        assert!(ends.len() >= fewest, "{ends:?}");
        // A listing that is split goes on with its last name: a blob and its snapshot come twice, and nothing else does.
        let sent = server.arrow_rows.load(Ordering::SeqCst);
        assert!((800..=800 + 2 * ends.len()).contains(&sent), "{sent} rows were sent for 800, with ends {ends:?}");
    }
}
