//! Tests of the configuration: accepted values, and the messages for refused ones.

use std::path::Path;

use super::*;
use crate::plan::Overheads;
use crate::protocol::action::Action;
use crate::protocol::key::KeyPress;
use crate::protocol::keymap::Context;
use crate::protocol::palette::{Background, Palette, TextColour};
use crate::protocol::window::Notifications;
use crate::select::InlineListSlash;
use crate::term::ColourDepth;

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(Path::new("/etc/bf.toml"), text)
}

fn refused(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn an_empty_file_is_the_default() {
    assert_eq!(parse("").unwrap(), Config::default());
    assert_eq!(parse("\u{feff}# nothing\r\n").unwrap(), Config::default());
}

#[test]
fn a_whole_file_is_taken() {
    let config = parse(
        "cloud = \"lab\"\nmotion = false\nascii = true\n[rehearsal]\nclock-rate = 600\n[clouds.lab]\narm = \"http://127.0.0.1:8080/\"\nauthority = \"https://login.lab.example\"\nblob = \"http://localhost:10000/acct\"\n",
    )
    .unwrap();
    assert_eq!((config.motion, config.ascii, config.clock_rate), (false, true, Some(600.0)));
    let lab = config.find(&config.cloud).unwrap();
    assert_eq!((lab.arm.as_str(), lab.blob.as_deref()), ("http://127.0.0.1:8080", Some("http://localhost:10000/acct")));
    assert_eq!(config.clouds.len(), 4);
}

#[test]
fn storage_hosts_count_for_every_cloud_and_are_names() {
    let config = parse("storage-hosts = [\"blob.lab.example\"]\n[clouds.lab]\narm = \"https://arm.lab.example\"\nauthority = \"https://login.lab.example\"\n").unwrap();
    assert!(config.clouds.iter().all(|cloud| cloud.storage_hosts == ["blob.lab.example"]));
    let odd = refused("storage-hosts = [\"https://blob.lab.example/\"]");
    assert!(odd.contains("1:18") && odd.contains("without https://"), "{odd}");
}

#[test]
fn the_plans_figures_replace_the_usual_ones_one_by_one() {
    let plan = parse("[plan]\nusable-percent = 90\nmetadata-file = 0\n").unwrap().plan;
    assert_eq!(plan, Overheads { usable_percent: 90, metadata_file: 0, ..Overheads::default() });
}

#[test]
fn inline_lists_of_data_box_are_off_until_their_form_is_named() {
    for (text, form) in [
        ("", None),
        ("databox-inline-lists = \"off\"", None),
        ("databox-inline-lists = \"with-slash\"", Some(InlineListSlash::WithSlash)),
        ("databox-inline-lists = \"without-slash\"", Some(InlineListSlash::WithoutSlash)),
    ] {
        assert_eq!(parse(text).unwrap().inline_slash, form, "{text}");
    }
}

#[test]
fn another_application_and_a_remembered_sign_in_are_taken() {
    let config = parse("client-id = \"00001111-aaaa-2222-bbbb-3333cccc4444\"\nremember-sign-in = true\n").unwrap();
    assert_eq!(config.client_id.as_deref(), Some("00001111-aaaa-2222-bbbb-3333cccc4444"));
    assert!(config.remember_sign_in && !Config::default().remember_sign_in);
}

#[test]
fn notifications_are_of_the_desktop_unless_the_file_says_otherwise() {
    assert_eq!(parse("").unwrap().notifications, Notifications::Desktop);
    for way in Notifications::ALL {
        assert_eq!(parse(&format!("notifications = \"{}\"", way.word())).unwrap().notifications, way);
    }
}

#[test]
fn a_theme_is_taken_and_replaces_single_colours() {
    let theme = parse("[theme]\nbackground = \"light\"\nkey = 25\nalarm = \"#a00000\"\n").unwrap().theme;
    let palette = theme.palette(ColourDepth::Many, || panic!("the terminal is not asked"));
    assert_eq!(palette.key, TextColour::Indexed(25));
    assert_eq!(palette.alarm, TextColour::Rgb(0xa0, 0, 0));
    assert_eq!(palette.caution, Palette::LIGHT.caution);
    assert_eq!(theme.palette(ColourDepth::None, || None), Palette::OWN, "NO_COLOR is the stronger wish");
}

#[test]
fn without_a_theme_the_terminal_is_asked() {
    let palette = |colours, answer| Theme::default().palette(colours, || answer);
    assert_eq!(palette(ColourDepth::Many, Some(Background::Light)), Palette::LIGHT);
    assert_eq!(palette(ColourDepth::Many, Some(Background::Dark)), Palette::DARK);
    assert_eq!(palette(ColourDepth::Many, None), Palette::OWN);
    assert_eq!(palette(ColourDepth::Sixteen, Some(Background::Dark)), Palette::OWN);
    assert_eq!(palette(ColourDepth::Console, None), Palette::CONSOLE);
}

#[test]
fn w100_chosen_keys_are_taken_one_or_several_for_an_action() {
    let keys = parse("[keys]\nnext = [\"F9\", \"Alt-Right\"]\nreload = \"F5\"\n").unwrap().keys;
    let contexts = [Context::Loaded, Context::Wizard];
    for (key, action) in [("F9", Action::Next), ("Alt-Right", Action::Next), ("F5", Action::Reload)] {
        assert_eq!(keys.action(&contexts, key.parse().unwrap()), Some(action), "{key}");
    }
    assert_eq!(keys.action(&contexts, KeyPress::char('r')), None);
}

#[test]
fn every_mistake_is_named_with_its_place_and_what_to_do() {
    for (text, place, what) in [
        ("ascii = true\nmotoin = false\n", "2:1", "unknown field `motoin`"),
        ("motion = \"yes\"\n", "1:10", "invalid type"),
        ("motion = \n", "1:", ""),
        ("client-id = \"my-app\"\n", "1:13", "not the id of an application"),
        ("service = \"parcel\"\n", "1:11", "no service `parcel`"),
        ("databox-inline-lists = \"yes\"\n", "1:24", "no form `yes`"),
        ("cloud = \"mars\"\n", "1:9", "no cloud `mars`"),
        ("[clouds.lab]\narm = \"https://a.example\"\n", "1:", "missing field `authority`"),
        ("[clouds.lab]\narm = \"http://a.example\"\nauthority = \"https://b.example\"\n", "2:7", "plain http"),
        ("[clouds.lab]\narm = \"https://a.example\"\nauthority = \"b.example\"\n", "3:13", "authority"),
        ("[clouds.lab]\nrams = 1\n", "2:1", "unknown field `rams`"),
        ("[clouds.public]\narm = \"https://a.example\"\nauthority = \"https://b.example\"\n", "1:", "built in"),
        ("[rehearsal]\nclock-rate = 0\n", "2:14", "not a speed"),
        ("[rehearsal]\nclock-rate = nan\n", "2:14", "not a speed"),
        ("notifications = \"loud\"\n", "1:17", "no notifications `loud`"),
        ("[theme]\nbackground = \"pink\"\n", "2:14", "no background `pink`"),
        ("[theme]\nkey = \"red\"\n", "2:7", "not a colour"),
        ("[theme]\nalarm = 256\n", "2:9", "not a colour"),
        ("[theme]\nalarm = true\n", "2:9", ""),
        ("[theme]\nkeys = 3\n", "2:1", "unknown field `keys`"),
        ("[keys]\nnxet = \"F9\"\n", "2:8", "no action `nxet`; write `next`"),
        ("[keys]\nnext = \"Ctrl-Alt-Nothing\"\n", "2:8", "no key `Ctrl-Alt-Nothing`"),
        ("[keys]\nnext = \"Ctrl-M\"\n", "2:8", "no key `Ctrl-M`"),
        ("[keys]\nquit = \"Enter\"\n", "2:8", "Enter always means the same"),
        ("[keys]\nnext = \"r\"\n", "2:8", "r cannot be the key of `next`: it is that of"),
        ("[keys]\nnext = \"Ctrl-W\"\n", "2:8", "edits the text"),
        ("[keys]\nfilter-on-server = \"Z\"\n", "2:20", "works where letters are text"),
        ("[keys]\nnext = []\n", "2:8", "has no key"),
        ("[plan]\nvolume = 1\nusable-percent = 0\n", "3:1", "not a share"),
        ("[plan]\nusable-percent = 300\n", "2:18", "invalid value"),
        ("[plan]\nside_file = 1\n", "2:1", "unknown field `side_file`"),
    ] {
        let sentence = refused(text);
        assert!(sentence.starts_with(&format!("/etc/bf.toml:{place}")), "{text:?} gave {sentence}");
        assert!(sentence.contains(what) && sentence.contains("; "), "{text:?} gave {sentence}");
        assert!(!sentence.contains('\n'), "{sentence}");
    }
}

#[test]
fn a_named_file_must_exist() {
    let missing = Config::load(Some(Path::new("/nowhere/at/all.toml"))).unwrap_err().to_string();
    assert!(missing.contains("/nowhere/at/all.toml") && missing.contains("no such file"), "{missing}");
}

#[test]
fn a_file_that_is_not_text_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), [0xff, 0xfe, 0x00]).unwrap();
    let sentence = Config::load(Some(file.path())).unwrap_err().to_string();
    assert!(sentence.contains("not UTF-8"), "{sentence}");
}

proptest::proptest! {
    #[test]
    fn no_file_makes_the_reader_panic(text in "[a-z=\\[\\]\"\\.\n ü0-9]{0,80}") {
        drop(parse(&text));
    }
}
