//! Builds, runs, tests and checks Heard: `cargo xtask run | test | build | bench | tidy | clean`.
//!
//! Start at `main` for what each command takes. `build` makes `dist/`, `run` serves it, `test` is what
//! `.ci/run` does, `tidy` checks the rules that the compiler cannot. This crate depends on no product crate.
//!
//! # What the app may rely on
//!
//! `dist/index.html` (from `app/public/index.html`) carries
//! * `<meta name="heard-symbols" content="/symbols/<set>/">`: a picture is at that address followed by
//!   `colour/<id>.svg`, or `contrast/<id>.svg` (white, for a black ground); ids are those of `domain/vocabulary/symbols.json`;
//! * `<meta name="heard-build" content="…">`: sixteen hex digits that change when, and only when, anything of the shell changes.
//!
//! The messages of the service worker are listed at the head of `app/public/sw.js`; what the page does before the
//! wasm is there, and when it panics, at the head of `app/public/start.js`.
#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]

mod bench;
mod build;
mod cache;
mod fingerprint;
mod kept;
mod parts;
mod run;
mod test;
mod tidy;
mod tools;

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run    build what changed, then serve Heard on http://127.0.0.1:8787
                   --port N  --data DIR  --empty (nobody works here yet; goes with --oidc)  --release (the build that ships)
                   --oidc (people sign in by a provider, which is started on the next port)
                   --dynamodb URL (a table there instead of a file; HEARD_TABLE names it)
cargo xtask test   everything .ci/run runs, with the time of each step
                   --quick (no browser, no release build)  --soak (the long runs too)
cargo xtask build  make dist/, with the function for AWS Lambda in it
                   --dev (quick to build, not small, no function)
cargo xtask bench  measure what is quick and what is not, beside what others take
                   --only PART (exchange, quiet, first_visit, opening, taps, growth, fold, start or cost)
cargo xtask tidy   check the rules that the compiler cannot
cargo xtask parts  list what Heard is made of, with licences and checksums (CycloneDX)
cargo xtask clean  forget what is kept for every clone on this machine: compiled dependencies, tools";

fn main() -> ExitCode {
    match command(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: Vec<String>) -> Result<()> {
    let mut arguments = Arguments(arguments);
    let name = arguments.command();
    match name.as_deref() {
        Some("run") => {
            let empty = arguments.flag("--empty");
            let folder = arguments.value("--data")?.map(PathBuf::from);
            // Beside the demonstration, which may be there already.
            let usual = tools::root().join(if empty { "data/empty" } else { "data" });
            let data = match (folder, arguments.value("--dynamodb")?) {
                (Some(_), Some(_)) => bail!("--data and --dynamodb exclude each other"),
                (_, Some(endpoint)) => run::Place::DynamoDb(endpoint),
                (folder, None) => run::Place::Folder(folder.unwrap_or(usual)),
            };
            let options = run::Options {
                port: arguments
                    .value("--port")?
                    .map(|port| port.parse())
                    .transpose()
                    .context("--port takes a number")?
                    .unwrap_or(8787),
                data,
                seed: if empty { run::Seed::Nobody } else { run::Seed::Demo },
                oidc: arguments.flag("--oidc") || empty,
                profile: if arguments.flag("--release") { build::Profile::Release } else { build::Profile::Dev },
            };
            arguments.nothing_left()?;
            kept::take_over();
            run::run(&options)
        }
        Some("test") => {
            let (quick, soak) = (arguments.flag("--quick"), arguments.flag("--soak"));
            arguments.nothing_left()?;
            kept::take_over();
            match (quick, soak) {
                (true, true) => bail!("--quick and --soak exclude each other"),
                (true, false) => test::run(test::Extent::Quick),
                (false, true) => test::run(test::Extent::Soak),
                (false, false) => test::run(test::Extent::Full),
            }
        }
        Some("build") => {
            let profile = if arguments.flag("--dev") { build::Profile::Dev } else { build::Profile::Release };
            arguments.nothing_left()?;
            kept::take_over();
            let dist = build::build(profile)?;
            if profile == build::Profile::Release {
                build::function(&dist)?;
            }
            kept::keep();
            Ok(())
        }
        Some("bench") => {
            let only = arguments.value("--only")?;
            arguments.nothing_left()?;
            bench::bench(only.as_deref())
        }
        Some("tidy") => {
            arguments.nothing_left()?;
            tidy::tidy()
        }
        Some("parts") => {
            arguments.nothing_left()?;
            parts::parts()
        }
        Some("clean") => {
            arguments.nothing_left()?;
            kept::clean()
        }
        Some(other) => bail!("there is no `{other}`\n\n{USAGE}"),
        None => {
            println!("{USAGE}");
            Ok(())
        }
    }
}

/// The words after `cargo xtask`, taken out one by one so that what is left over is an error.
struct Arguments(Vec<String>);

impl Arguments {
    fn command(&mut self) -> Option<String> {
        let first = self.0.first()?;
        if first == "--help" || first == "-h" || first == "help" { None } else { Some(self.0.remove(0)) }
    }

    fn flag(&mut self, name: &str) -> bool {
        let found = self.0.iter().position(|argument| argument == name);
        found.map(|at| self.0.remove(at)).is_some()
    }

    fn value(&mut self, name: &str) -> Result<Option<String>> {
        let Some(at) = self.0.iter().position(|argument| argument == name) else {
            return Ok(None);
        };
        self.0.remove(at);
        if at == self.0.len() {
            bail!("{name} needs a value");
        }
        Ok(Some(self.0.remove(at)))
    }

    fn nothing_left(&self) -> Result<()> {
        match self.0.first() {
            Some(argument) => bail!("`{argument}` is not understood here\n\n{USAGE}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str]) -> Arguments {
        Arguments(words.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn flags_and_values_are_taken_in_any_order() {
        let mut given = arguments(&["run", "--empty", "--port", "9000"]);
        assert_eq!(given.command().as_deref(), Some("run"));
        assert_eq!(given.value("--port").expect("given").as_deref(), Some("9000"));
        assert!(given.flag("--empty"));
        assert!(given.nothing_left().is_ok());
    }

    #[test]
    fn a_word_nobody_asked_for_is_refused() {
        let mut given = arguments(&["build", "--fast"]);
        given.command();
        assert!(given.nothing_left().is_err());
    }

    #[test]
    fn a_value_that_is_missing_is_named() {
        let mut given = arguments(&["--port"]);
        assert!(given.value("--port").expect_err("no number").to_string().contains("--port"));
    }
}
