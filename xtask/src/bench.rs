//! `cargo xtask bench`: what is quick and what is not, ours beside the peers, measured in one run on this machine.
//!
//! Each part is a script below `tests/bench` and adds its rows to one file, which is shown as a table at the end;
//! `docs/performance.md` says what each row measures. The scripts get what they need in the environment, as the browser
//! tests do (see `test`), and `HEARD_TRIAL` (the folder of the page that exchanges) and `HEARD_ROWS` (the file of rows).

use crate::build::{self, Profile};
use crate::run::Programs;
use crate::tools;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One visit of forty answers, sent in one push, may cost so many write units.
const VISIT_WRITE_UNITS: f64 = 40.0;

/// What is measured, in this order.
const PARTS: [&str; 9] = ["exchange", "quiet", "first_visit", "opening", "taps", "growth", "fold", "start", "cost"];

/// Builds what ships, then measures it part by part; nothing else runs meanwhile.
pub(crate) fn bench(only: Option<&str>) -> Result<()> {
    if let Some(part) = only.filter(|part| !PARTS.contains(part)) {
        bail!("nothing called {part} is measured: --only takes one of {}", PARTS.join(", "));
    }
    let bench = Bench {
        dist: build::build(Profile::Release)?,
        programs: Programs::release()?,
        trial: build::trial()?,
        chromium: tools::chromium()?,
        rows: tools::workshop().join("bench.jsonl"),
    };
    tools::npm_packages("tests")?;
    tools::npm_packages("tests/bench")?;
    fs::write(&bench.rows, "")?;
    for part in PARTS.iter().filter(|part| only.is_none_or(|only| only == **part)) {
        println!("\n== {part}");
        match *part {
            "fold" => bench.fold()?,
            "cost" => bench.cost(&tools::dynamodb_local()?.endpoint())?,
            "start" => bench.measure("start", Some(&tools::dynamodb_local()?.endpoint()))?,
            script => bench.measure(script, None)?,
        }
    }
    println!();
    tools::run(bench.node("report")?.arg(&bench.rows))
}

struct Bench {
    dist: PathBuf,
    programs: Programs,
    trial: PathBuf,
    chromium: PathBuf,
    rows: PathBuf,
}

impl Bench {
    /// Runs one part.
    fn measure(&self, part: &str, dynamodb: Option<&str>) -> Result<()> {
        let mut command = self.node(part)?;
        command.env("HEARD_DIST", &self.dist).env("HEARD_TRIAL", &self.trial).env("HEARD_CHROMIUM", &self.chromium);
        command.env("HEARD_SERVER", &self.programs.local).env("HEARD_LAMBDA", &self.programs.lambda);
        command.env("HEARD_ROWS", &self.rows).envs(dynamodb.map(|endpoint| ("HEARD_DYNAMODB", endpoint)));
        tools::run(&mut command)
    }

    fn node(&self, part: &str) -> Result<Command> {
        let node = tools::on_path(&["node", "node.exe"]).context("node is missing: install Node 20 or later")?;
        let mut command = Command::new(node);
        command.current_dir(tools::root()).arg(Path::new("tests/bench").join(part).with_extension("mjs"));
        Ok(command)
    }

    /// Folds records on this machine, and opens what is kept of them; the example tells the medians.
    fn fold(&self) -> Result<()> {
        let told = tools::read(tools::cargo().args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "domain",
            "--example",
            "fold",
        ]))?;
        let rows: Vec<_> = told.lines().filter_map(folded).collect();
        ensure!(!rows.is_empty(), "the example tells something else");
        rows.into_iter().try_for_each(|(what, ms)| self.row(&json!({ "what": what, "unit": "ms", "ours": ms })))
    }

    /// Asks what requests cost in DynamoDB's units; the tests that hold these costs down tell them.
    fn cost(&self, dynamodb: &str) -> Result<()> {
        let mut command = tools::cargo();
        command.args(["test", "--quiet", "-p", "functions", "--features", "dynamodb", "--test", "cloud", "cost"]);
        let told = tools::read(command.args(["--", "--nocapture"]).env("HEARD_DYNAMODB", dynamodb))?;
        for (what, read, write) in told.lines().filter_map(costs) {
            let what = format!("DynamoDB: {what}");
            self.row(&json!({ "what": what, "unit": "read units", "ours": read }))?;
            let mut row = json!({ "what": what, "unit": "write units", "ours": write });
            if what.ends_with("push of the visit") {
                row["target"] = format!("≤ {VISIT_WRITE_UNITS}").into();
                row["met"] = (write <= VISIT_WRITE_UNITS).into();
            }
            self.row(&row)?;
        }
        Ok(())
    }

    fn row(&self, row: &Value) -> Result<()> {
        let mut file = OpenOptions::new().append(true).open(&self.rows)?;
        Ok(writeln!(file, "{row}")?)
    }
}

/// `fold of 1000 operations: 1.2 ms median, …`.
fn folded(told: &str) -> Option<(&str, f64)> {
    let (what, figures) = told.trim().split_once(": ")?;
    Some((what, figures.split_once(" ms")?.0.parse().ok()?))
}

/// A line of the costs: what was asked, read units, write units.
fn costs(line: &str) -> Option<(&str, f64, f64)> {
    let (rest, write) = line.strip_prefix("  ")?.trim_end().rsplit_once(' ')?;
    let (what, read) = rest.trim_end().rsplit_once(' ')?;
    Some((what.trim(), read.parse().ok()?, write.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_example_and_the_tests_tell_is_read() {
        assert_eq!(
            folded("fold of 1000 operations: 1.2 ms median, 2.0 ms worst of 20\n"),
            Some(("fold of 1000 operations", 1.2))
        );
        assert_eq!(
            costs("           push of the visit         8.0         37.0"),
            Some(("push of the visit", 8.0, 37.0))
        );
        assert_eq!(costs("running 2 tests"), None);
        assert_eq!(costs("  test result: ok. 2 passed"), None);
    }
}
