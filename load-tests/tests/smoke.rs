//! Every scenario runs once from end to end with a handful of visits, the floor beside it, and the report can be read.
//! Nothing is judged here: that is `make bench`.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_load-tests");

#[test]
fn every_scenario_runs_and_its_report_can_be_read() {
    let folder = Path::new(PROGRAM).parent().and_then(Path::parent).expect("cargo's folder").join("load-tests");
    let ran = Command::new(PROGRAM).args(["bench", "--size", "smoke"]).output().expect("it starts");
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{said}");

    let json = folder.join("bench-smoke.json");
    let report: Value = serde_json::from_slice(&std::fs::read(&json).expect("the report is there")).expect("it is JSON");
    let runs = report["runs"].as_array().expect("runs");
    for scenario in [
        "relay",
        "setup",
        "idle",
        "steady",
        "few",
        "many",
        "storm-network",
        "storm-gateway",
        "soak",
        "join",
        "overload",
        "start",
        "nodes",
    ] {
        let of_ours = runs.iter().find(|run| run["scenario"] == scenario && run["subject"]["server"] == "housecall");
        let run = of_ours.unwrap_or_else(|| panic!("no run of {scenario}: {said}"));
        assert_eq!(run["failures"], serde_json::json!({}), "{scenario}");
        assert!(run["figures"].as_array().is_some_and(|figures| figures.len() > 1), "{scenario}");
    }
    for way in ["plain", "TLS"] {
        assert!(runs.iter().any(|run| run["subject"] == serde_json::json!({ "server": "floor", "way": way, "version": "" })));
    }
    let page = std::fs::read_to_string(folder.join("bench-smoke.html")).expect("the page is there");
    assert!(page.contains("<svg") && page.ends_with("</html>"));

    let compared = Command::new(PROGRAM).arg("compare").args([&json, &json]).output().expect("it starts");
    assert!(compared.status.success() && String::from_utf8_lossy(&compared.stdout).contains("relay/floor/TLS"));
}
