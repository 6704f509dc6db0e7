//! Links between documents lead somewhere.

use super::Breach;

/// Checks the relative links of a Markdown file; `exists` answers for paths from the repository's top.
pub(super) fn check(file: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if !file.ends_with(".md") {
        return breaches;
    }
    let mut in_code = false;
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        for target in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split(['#', ' ']).next().unwrap_or_default();
            let elsewhere = path.is_empty() || path.contains("://") || path.starts_with("mailto:");
            if !in_code && !elsewhere && !exists(&resolve(file, path)) {
                let what = format!("the link to `{target}` leads nowhere");
                breaches.push(Breach {
                    file: file.to_owned(),
                    line: at + 1,
                    what,
                    to_do: "name a file of this repository, relative to this one",
                });
            }
        }
    }
    breaches
}

/// `path` as written in `file`, from the repository's top.
fn resolve(file: &str, path: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_leads_nowhere_is_a_breach() {
        let found = check("docs/a.md", "See [b](b.md), [top](../README.md#run) and [gone](gone.md).\n", |path| {
            path == "docs/b.md" || path == "README.md"
        });
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].what, "the link to `gone.md` leads nowhere");
    }

    #[test]
    fn links_to_the_web_and_code_are_left_alone() {
        assert_eq!(check("a.md", "[x](https://example.org) [y](#here)\n```\n[z](nowhere)\n```\n", |_| false), []);
    }
}
