//! Tests without a network and without a terminal: rules, properties, scripts of messages, screens drawn into a buffer.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

mod support;

mod pure {
    mod architecture;
    mod behaviours;
    mod book;
    mod checkpoints;
    mod corpus;
    mod drafts;
    mod form_properties;
    mod keys_page;
    mod mouse;
    mod mouse_fields;
    mod next_tasks;
    mod packaging;
    mod plan_properties;
    mod rail;
    mod replay;
    mod scan_arrow;
    mod scan_page;
    mod screens;
    mod selection_properties;
    mod services;
    mod start_list;
    mod start_teaches;
    mod step_list;
    mod steps_account;
    mod steps_account_rights;
    mod steps_blobs_amounts;
    mod steps_blobs_any;
    mod steps_blobs_foreign;
    mod steps_blobs_kept;
    mod steps_blobs_loading;
    mod steps_blobs_resting;
    mod steps_blobs_screens;
    mod steps_blobs_selection;
    mod steps_blobs_services;
    mod steps_blobs_unchecking;
    mod steps_create;
    mod steps_drives;
    mod steps_forms;
    mod steps_job;
    mod steps_messages;
    mod steps_moving;
    mod steps_options;
    mod steps_request_text;
    mod steps_scrolling;
    mod steps_verify;
    mod structure;
    mod update;
}
