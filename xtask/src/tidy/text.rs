//! What may stand in a file, and in which.

use super::Breach;

/// A Rust file beyond this wants to be two.
const LINES: usize = 500;

/// Files that may be longer, each with its reason.
const LONG: [(&str, &str); 0] = [];

/// Where a word may stand.
struct Rule {
    words: &'static [&'static str],
    /// Only files under these paths are looked at.
    under: &'static [&'static str],
    /// …but not under these.
    except: &'static [&'static str],
    /// Longer words that are fine.
    fine: &'static [&'static str],
    to_do: &'static str,
}

const RULES: [Rule; 6] = [
    Rule {
        words: &["web_sys", "js_sys", "wasm_bindgen"],
        under: &["app/src/", "replica/src/", "domain/src/"],
        except: &["app/src/platform"],
        fine: &["leptos::web_sys"],
        to_do: "only app/src/platform touches the browser: give it a function with our own types (event types come from leptos::ev)",
    },
    Rule {
        words: &["aws_sdk", "aws_config", "aws_types", "aws_smithy"],
        under: &["functions/", "app/", "replica/", "domain/"],
        // A test copies a whole table, as an administrator does; no code of ours can.
        except: &[
            "functions/src/store/dynamodb",
            "functions/src/lambda/secrets.rs",
            "functions/Cargo.toml",
            "functions/tests/api/support/table.rs",
        ],
        fine: &[],
        to_do: "only functions/src/store/dynamodb and functions/src/lambda/secrets.rs touch the AWS SDK: go through their traits",
    },
    Rule {
        words: &["inner_html", "set_outer_html", "insert_adjacent_html"],
        under: &["app/src/"],
        except: &[],
        fine: &[],
        to_do: "markup from data would be executed: build elements",
    },
    Rule {
        words: &["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("],
        under: &["app/public/"],
        except: &[],
        fine: &[],
        to_do: "markup from data would be executed: build elements",
    },
    Rule {
        words: &[
            concat!("registry.", "npmjs"),
            concat!("index.", "crates.io"),
            concat!("static.", "crates.io"),
            concat!("registry.", "yarnpkg"),
            concat!("files.", "pythonhosted"),
            "\"resolved\":",
        ],
        under: &[""],
        except: &["xtask/src/tidy/text.rs"],
        fine: &[],
        to_do: "the registry is the machine's business: leave its address out (npm: omit-lockfile-registry-resolved=true)",
    },
    Rule {
        words: &[
            concat!("/ho", "me/"),
            concat!("/ro", "ot/"),
            concat!("/Us", "ers/"),
            concat!("C:", "\\Users"),
            concat!("/wo", "rk/"),
        ],
        under: &[""],
        except: &[],
        fine: &[],
        to_do: "a path of one machine: make it relative to the repository, or ask the environment",
    },
];

pub(super) fn check(file: &str, text: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut breach = |line, what: String, to_do| breaches.push(Breach { file: file.to_owned(), line, what, to_do });
    if file.ends_with("mod.rs") && file.rsplit('/').next() == Some("mod.rs") {
        breach(0, "a file named mod.rs".into(), "put the module in a file of its own name, beside its folder");
    }
    let length = text.lines().count();
    if file.ends_with(".rs") && length > LINES && !LONG.iter().any(|(long, _)| *long == file) {
        breach(
            LINES + 1,
            format!("{length} lines, more than {LINES}"),
            "one idea a file: split it, or list it with a reason in xtask/src/tidy/text.rs",
        );
    }
    for rule in &RULES {
        if !rule.under.iter().any(|under| file.starts_with(under))
            || rule.except.iter().any(|except| file.starts_with(except))
        {
            continue;
        }
        for (at, line) in text.lines().enumerate() {
            let code = rule.fine.iter().fold(line.to_owned(), |code, fine| code.replace(fine, ""));
            let comment = rule.under != [""] && code.trim_start().starts_with("//");
            for word in rule.words.iter().filter(|word| !comment && stands_in(&code, word)) {
                breach(at + 1, format!("`{word}`"), rule.to_do);
            }
        }
    }
    breaches
}

/// Whether `word` stands in `line` at the start of a word or path.
fn stands_in(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|letter| {
            letter.is_alphanumeric() || "_./-}".contains(letter) && word.starts_with('/') || letter == '_'
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &str, text: &str) -> Vec<String> {
        check(file, text).iter().map(|breach| format!("{}:{} {}", breach.file, breach.line, breach.what)).collect()
    }

    #[test]
    fn the_browser_is_touched_in_one_place_only() {
        assert_eq!(
            found("app/src/worker/today.rs", "use leptos::prelude::*;\nuse web_sys::Window;\n"),
            ["app/src/worker/today.rs:2 `web_sys`"]
        );
        assert_eq!(found("app/src/platform/clock.rs", "use web_sys::Window;\n"), Vec::<String>::new());
        assert_eq!(
            found("app/src/child/mat.rs", "fn tap(event: leptos::web_sys::PointerEvent) {}\n// not web_sys\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn the_sdk_is_touched_in_one_place_only() {
        assert_eq!(found("functions/src/routes/push.rs", "use aws_sdk_dynamodb::Client;\n").len(), 1);
        assert_eq!(
            found("functions/src/store/dynamodb/append.rs", "use aws_sdk_dynamodb::Client;\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn markup_from_data_is_a_breach() {
        assert_eq!(found("app/src/manager.rs", "view! { <p inner_html=words/> }\n").len(), 1);
    }

    #[test]
    fn a_long_file_is_a_breach_and_one_at_the_limit_passes() {
        assert_eq!(found("domain/src/fold.rs", &"//\n".repeat(LINES + 1)).len(), 1);
        assert_eq!(found("domain/src/fold.rs", &"//\n".repeat(LINES)), Vec::<String>::new());
    }

    #[test]
    fn a_module_file_has_its_own_name() {
        assert_eq!(found("domain/src/judge/mod.rs", "").len(), 1);
        assert_eq!(found("domain/src/harmod.rs", ""), Vec::<String>::new());
    }

    #[test]
    fn addresses_of_registries_and_machines_stay_out() {
        let host = concat!("https://registry.", "npmjs.org/x");
        let path = concat!("see /ho", "me/sade/notes");
        assert_eq!(found("app/package-lock.json", host).len(), 1);
        assert_eq!(found("README.md", path).len(), 1);
        assert_eq!(found("README.md", concat!("src/ho", "me/page and https://x.org/wo", "rk/y")), Vec::<String>::new());
    }
}
