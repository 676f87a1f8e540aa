//! `portal team import` and `export`, through the program itself.

use std::path::Path;
use std::process::{Command, Output};

use chrono::Utc;
use tempfile::TempDir;

use crate::idp::Idp;

fn portal(folder: &TempDir, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_portal")).args(args).current_dir(folder).env_clear().output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn team_file(folder: &Path, idp: &Idp) {
    std::fs::write(folder.join("contoso.cer"), idp.certificate()).unwrap();
    let (entity_id, sso_url) = (idp.tenant.entity_id(), idp.tenant.sso_url());
    let teams = format!(
        "[[team]]\nname = \"Contoso\"\nslug = \"contoso-7k2m9q\"\nstatus = \"active\"\nidp_entity_id = \"{entity_id}\"\n\
         sso_url = \"{sso_url}\"\ncertificates = [\"contoso.cer\"]\n\n[[team]]\nname = \"Fabrikam\"\n\
         idp_entity_id = \"{entity_id}\"\nsso_url = \"{sso_url}\"\ncertificates = [\"contoso.cer\"]\n"
    );
    std::fs::write(folder.join("teams.toml"), teams).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "the program that is tested reads the real clock")]
fn idp() -> Idp {
    Idp::new(Utc::now())
}

#[test]
fn importing_the_same_file_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    team_file(folder.path(), &idp());
    let first = portal(&folder, &["team", "import", "teams.toml", "--json"]);
    assert!(first.status.success(), "{}", text(&first.stderr));
    let rows: serde_json::Value = serde_json::from_slice(&first.stdout).unwrap();
    assert_eq!(rows[0]["slug"], "contoso-7k2m9q");
    assert_eq!(rows[0]["reply_url"], "http://localhost:3000/v2/auth/sso/saml/contoso-7k2m9q");
    assert!(rows[1]["slug"].as_str().unwrap().starts_with("fabrikam-"), "{rows}");
    let exported = portal(&folder, &["team", "export"]).stdout;

    let second = portal(&folder, &["team", "import", "teams.toml"]);
    assert_eq!(text(&second.stdout).matches(" unchanged: ").count(), 2, "{}", text(&second.stdout));
    assert_eq!(portal(&folder, &["team", "export"]).stdout, exported);

    // what is exported imports again, certificates inside, and changes nothing either
    std::fs::write(folder.path().join("exported.toml"), &exported).unwrap();
    let third = portal(&folder, &["team", "import", "exported.toml"]);
    assert_eq!(
        text(&third.stdout).matches(" unchanged: ").count(),
        2,
        "{}{}",
        text(&third.stdout),
        text(&third.stderr)
    );
    let list = text(&portal(&folder, &["team", "list"]).stdout);
    assert!(list.contains("active") && list.contains("draft"), "{list}");
}

#[test]
fn sign_in_options_travel_and_private_keys_do_not() {
    let folder = tempfile::tempdir().unwrap();
    team_file(folder.path(), &idp());
    let options = "sign_requests = true\nforce_authn = true\nis_passive = true\nname_id_format = \"persistent\"\n\
                   authn_context = \"urn:oasis:names:tc:SAML:2.0:ac:classes:Password\"\nallow_idp_initiated = true\n\
                   sso_binding = \"post\"\nidp_metadata_url = \"https://idp.example.com/metadata\"\n\
                   email_domains = \"contoso.com, contoso.de\"\n";
    let file = folder.path().join("teams.toml");
    let teams = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{teams}{options}")).unwrap();
    let imported = portal(&folder, &["team", "import", "teams.toml"]);
    assert!(imported.status.success(), "{}", text_of(&imported));
    let exported = portal(&folder, &["team", "export"]).stdout;
    for line in options.lines() {
        assert_eq!(text(&exported).matches(line).count(), 1, "{line}: {}", text_of(&imported));
    }
    assert!(!text(&exported).contains("PRIVATE KEY"));
    std::fs::write(folder.path().join("exported.toml"), &exported).unwrap();
    let again = portal(&folder, &["team", "import", "exported.toml"]);
    assert_eq!(text(&again.stdout).matches(" unchanged: ").count(), 2, "{}", text_of(&again));

    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("exported.toml"), &exported).unwrap();
    let moved = portal(&elsewhere, &["team", "import", "exported.toml"]);
    assert!(moved.status.success(), "a team that signs gets a key of its own: {}", text_of(&moved));
    let bad =
        teams.replace("name = \"Fabrikam\"", "name = \"Fabrikam\"\nforce_authn = \"yes\"\nsso_binding = \"soap\"\nidp_metadata_url = \"http://idp.example.com\"");
    std::fs::write(&file, bad).unwrap();
    let refused = text_of(&portal(&folder, &["team", "import", "teams.toml"]));
    assert!(refused.contains("force_authn: is true or false") && refused.contains("sso_binding: is redirect or post"));
    assert!(refused.contains("idp_metadata_url: The address must begin with https://"), "{refused}");
}

fn text_of(output: &Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn without_secret_keys_only_a_trial_starts() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("portal.toml"),
        "account_url = \"https://account.example\"\napi_url = \"https://api.example\"\n",
    )
    .unwrap();
    let refused = portal(&folder, &["config", "check"]);
    assert!(!refused.status.success());
    assert!(text(&refused.stderr).contains("secret_keys: is needed"), "{}", text(&refused.stderr));
    let key = "2026:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for value in [key.to_owned(), format!("[\"{key}\"]")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portal"));
        command.args(["config", "show"]).current_dir(&folder).env_clear().env("PORTAL_SECRET_KEYS", &value);
        let shown = command.output().unwrap();
        assert!(shown.status.success(), "{value}: {}", text(&shown.stderr));
        assert!(!text(&shown.stdout).contains("AAAA") && text(&shown.stdout).contains("secret_keys = (secret)"));
    }
}

#[test]
fn a_bad_file_says_every_problem_with_its_line_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    team_file(folder.path(), &idp());
    let bad = "[[team]]\nname = \"Good\"\nidp_entity_id = \"urn:idp\"\nsso_url = \"https://idp.example/sso\"\n\
               certificates = [\"contoso.cer\"]\n\n[[team]]\nname = \"\"\nslug = \"Not A Slug\"\nstatus = \"live\"\n\
               idp_entity_id = \"https://sts.windows.net/x\"\nsso_url = \"http://idp.example\"\n\
               certificates = [\"missing.cer\", 7]\ncolour = \"red\"\n\n[[team]]\n";
    std::fs::write(folder.path().join("bad.toml"), bad).unwrap();
    let output = portal(&folder, &["team", "import", "bad.toml"]);
    assert!(!output.status.success());
    let errors = text(&output.stderr);
    for start in [
        "bad.toml:8: name:",
        "bad.toml:9: slug:",
        "bad.toml:10: status:",
        "bad.toml:11: idp_entity_id:",
        "bad.toml:12: sso_url:",
        "bad.toml:13: certificates: cannot read missing.cer",
        "bad.toml:13: certificates: a file is named in quotes",
        "bad.toml:14: colour is not a key",
        "bad.toml:16: name: is missing",
        "bad.toml:16: sso_url: is missing",
        "bad.toml:16: certificates: name at least one file",
    ] {
        assert!(errors.contains(start), "{start}: {errors}");
    }
    assert_eq!(text(&portal(&folder, &["team", "list"]).stdout), "");
}

#[test]
fn teams_are_suspended_and_accounts_created_at_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    team_file(folder.path(), &idp());
    portal(&folder, &["team", "import", "teams.toml"]);
    assert!(portal(&folder, &["team", "suspend", "contoso-7k2m9q"]).status.success());
    assert!(text(&portal(&folder, &["team", "list"]).stdout).contains("suspended"));
    let approve = portal(&folder, &["team", "approve", "contoso-7k2m9q"]);
    assert!(!approve.status.success());
    assert!(text(&approve.stderr).contains("The team is suspended now"), "{}", text(&approve.stderr));
    let show = text(&portal(&folder, &["team", "show", "contoso-7k2m9q"]).stdout);
    assert!(
        show.contains("Login URL: ") && show.contains("Signing certificates: ") && show.contains("\ndigest "),
        "{show}"
    );
    let unknown = portal(&folder, &["team", "approve", "nobody-222222"]);
    assert!(text(&unknown.stderr).contains("there is no such team"));
}

#[test]
fn the_configuration_is_checked_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    assert!(portal(&folder, &["config", "check"]).status.success());
    std::fs::write(folder.path().join("portal.toml"), "listen = \"x\"\ncolour = \"red\"\n").unwrap();
    let bad = portal(&folder, &["config", "check"]);
    assert!(!bad.status.success());
    let errors = text(&bad.stderr);
    assert!(errors.contains("listen: must be") && errors.contains("colour: is not a key"), "{errors}");
    let missing = portal(&folder, &["--config", "nowhere.toml", "config", "check"]);
    assert!(text(&missing.stderr).contains("there is no configuration file nowhere.toml"));
}
