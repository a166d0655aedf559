//! Settings that cannot be: the message names the file or variable, the setting, and what it may be.

use product_tests::{Desk, is_root, skipped};

#[test]
fn a_setting_that_there_is_not() {
    let desk = Desk::new();
    desk.put("throughcare.toml", "listen = \"127.0.0.1:8081\"\nlissten = \"127.0.0.1:8082\"\n");
    desk.run(&["settings"]).failed(&[
        "throughcare.toml",
        "lissten",
        "listen",
        "throughcare settings",
    ]);
    desk.run(&["serve"]).failed(&["lissten"]);
    desk.put("throughcare.toml", "");
    desk.put("other.toml", "colour = \"red\"\n");
    desk.run(&["settings", "--settings", "other.toml"]).failed(&["other.toml", "colour", "listen"]);
    desk.run_with(&[("THROUGHCARE_PORT", "8081")], &["settings"]).failed(&[
        "THROUGHCARE_",
        "port",
        "listen",
    ]);
}

#[test]
fn a_setting_of_the_wrong_kind() {
    let desk = Desk::new();
    for (line, words) in [
        ("kept_megabytes = \"many\"", ["kept_megabytes", "many"]),
        ("kept_megabytes = -1", ["kept_megabytes", "-1"]),
        ("log_format = \"xml\"", ["xml", "json"]),
        ("listen = [8080]", ["listen", "sequence"]),
    ] {
        desk.put("throughcare.toml", line);
        desk.run(&["settings"]).failed(&words);
        desk.run(&["demo"]).failed(&words);
    }
    assert!(!desk.database().exists(), "nothing was begun with settings that are wrong");
}

#[test]
fn a_file_of_settings_that_is_none() {
    let desk = Desk::new();
    desk.put("throughcare.toml", "listen = \n= = =\n");
    // The reader of TOML draws the place, over some lines.
    let said = desk.run(&["settings"]);
    assert_eq!((said.status, said.out.as_str()), (Some(1), ""), "{said}");
    assert!(said.err.contains("throughcare.toml") && said.err.contains("line 2"), "{said}");
    desk.put("throughcare.toml", "");
    desk.run(&["settings", "--settings", "away.toml"])
        .failed(&["the settings file away.toml does not exist"]);
}

#[test]
fn a_language_that_there_is_not() {
    let desk = Desk::new();
    desk.run_with(&[("THROUGHCARE_DEFAULT_LANGUAGE", "xx")], &["serve", "--listen", "127.0.0.1:0"])
        .failed(&["xx", "en", "fr"]);
    desk.put("throughcare.toml", "default_language = \"Klingon\"");
    desk.run(&["brief", "MDA", "--json"]).failed(&["Klingon", "en", "fr"]);
}

#[test]
fn an_address_to_listen_on_that_is_none() {
    let desk = Desk::new();
    desk.run(&["serve", "--listen", "nonsense"]).failed(&["nonsense", "127.0.0.1:8081"]);
    desk.run(&["serve", "--listen", "127.0.0.1:99999"])
        .failed(&["127.0.0.1:99999", "127.0.0.1:8081"]);
    desk.run(&["serve", "--listen", "192.0.2.1:8080"])
        .failed(&["192.0.2.1:8080", "not an address of this machine"]);
}

#[test]
fn a_port_that_only_root_may_have() {
    if !is_root() {
        return skipped!("only root can act as somebody else");
    }
    let start = std::fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start")
        .unwrap_or_default();
    if start.trim().parse::<u32>().is_ok_and(|first| first <= 81) {
        return skipped!("here everybody may listen on port 81");
    }
    let desk = Desk::new();
    desk.folder_for_all("open");
    let desk = desk.as_nobody();
    let line = ["serve", "--listen", "127.0.0.1:81", "--database", "sqlite:open/x.db"];
    desk.run(&line).failed(&["127.0.0.1:81", "port below 1024", "127.0.0.1:8081"]);
}

#[test]
fn a_password_is_not_printed() {
    let desk = Desk::new();
    let with = [("DATABASE_URL", "postgres://nurse:secret-word@127.0.0.1/care")];
    desk.put("throughcare.toml", "mail = \"smtp://post:secret-word@127.0.0.1\"\n");
    let said = desk.run_with(&with, &["settings"]);
    assert!(said.out.contains("postgres://nurse:***@127.0.0.1/care"), "{said}");
    assert!(said.out.contains("smtp://post:***@127.0.0.1"), "{said}");
    assert!(!said.to_string().contains("secret-word"), "{said}");
}
