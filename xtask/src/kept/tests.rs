use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

const LOCK: &str = r#"
[[package]]
name = "serde"
version = "1.0.2"
source = "registry+somewhere"
checksum = "00"

[[package]]
name = "domain"
version = "0.1.0"
dependencies = [
 "serde",
]
"#;
const SERDE: &str = "0123456789abcdef";
const SCRIPT: &str = "1123456789abcdef";
const SAID: &str = "2123456789abcdef";
const OLDER: &str = "3123456789abcdef";
const MEMBER: &str = "4123456789abcdef";

/// A folder of this test's own, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        static FOLDERS: AtomicUsize = AtomicUsize::new(0);
        // Two tests that run side by side use the same names.
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("heard-kept-{name}-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("it can be made");
        Folder(folder)
    }

    fn write(&self, file: &str, text: &str) {
        let file = self.0.join(file);
        fs::create_dir_all(file.parent().expect("it lies in the folder")).expect("it can be made");
        fs::write(file, text).expect("it can be written");
    }

    fn read(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.0.join(file)).ok()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn locked_crates() -> Locked {
    let folder = Folder::new("lock");
    folder.write("Cargo.lock", LOCK);
    Locked::read(&folder.0.join("Cargo.lock")).expect("it is there")
}

/// A target folder with a crate, its build script and what that said, an older version of it, and a member.
fn compiled(name: &str) -> Folder {
    let target = Folder::new(name);
    let unit = |profile: &str, unit: &str, hash: &str, file: &str, sources: &str| {
        target.write(&format!("{profile}/.fingerprint/{unit}-{hash}/lib-{unit}.json"), "{}");
        if !file.is_empty() {
            target.write(&format!("{profile}/{file}-{hash}.d"), &format!("/x/{file}: {sources}\n"));
        }
    };
    unit("debug", "serde", SERDE, "deps/serde", "/registry/src/index/serde-1.0.2/src/lib.rs");
    target.write(&format!("debug/deps/libserde-{SERDE}.rlib"), "compiled");
    unit("debug", "serde", SCRIPT, &format!("build/serde-{SCRIPT}/build_script_build"), "/r/serde-1.0.2/build.rs");
    target.write(&format!("debug/build/serde-{SCRIPT}/build-script-build"), "a program");
    unit("debug", "serde", SAID, "", "");
    target.write(&format!("debug/build/serde-{SAID}/output"), "cargo::rustc-cfg=x");
    unit("debug", "serde", OLDER, "deps/serde", "/registry/src/index/serde-1.0.1/src/lib.rs");
    unit("debug", "domain", MEMBER, "deps/domain", "domain/src/lib.rs");
    unit("wasm32-unknown-unknown/wasm", "serde", SERDE, "deps/serde", "/registry/src/index/serde-1.0.2/src/lib.rs");
    target.write(&format!("debug/incremental/domain-{MEMBER}/x"), "");
    target
}

fn keep_of(target: &Folder, kept: &Kept) {
    let files = files_to_keep(&target.0, &locked_crates()).expect("it can be read");
    kept.replace(&target.0, &files, "rustc 1").expect("it can be kept");
}

#[test]
fn crates_of_a_registry_are_kept_and_members_and_other_versions_are_not() {
    let target = compiled("which");
    let files = files_to_keep(&target.0, &locked_crates()).expect("it can be read");
    let found: BTreeMap<String, Way> = files.into_iter().map(|(file, way)| (slashed(&file), way)).collect();
    let expected = [
        (format!("debug/.fingerprint/serde-{SERDE}/lib-serde.json"), Way::Copied),
        (format!("debug/.fingerprint/serde-{SCRIPT}/lib-serde.json"), Way::Copied),
        (format!("debug/.fingerprint/serde-{SAID}/lib-serde.json"), Way::Copied),
        (format!("debug/build/serde-{SCRIPT}/build-script-build"), Way::Linked),
        (format!("debug/build/serde-{SCRIPT}/build_script_build-{SCRIPT}.d"), Way::Copied),
        (format!("debug/build/serde-{SAID}/output"), Way::Copied),
        (format!("debug/deps/libserde-{SERDE}.rlib"), Way::Linked),
        (format!("debug/deps/serde-{SERDE}.d"), Way::Copied),
        (format!("wasm32-unknown-unknown/wasm/.fingerprint/serde-{SERDE}/lib-serde.json"), Way::Copied),
        (format!("wasm32-unknown-unknown/wasm/deps/serde-{SERDE}.d"), Way::Copied),
    ];
    assert_eq!(found, BTreeMap::from(expected));
}

#[test]
fn another_clone_gets_the_same_with_its_times_and_writes_into_nothing_of_ours() {
    let (target, cache, other) = (compiled("from"), Folder::new("cache"), Folder::new("to"));
    let long_ago = SystemTime::now() - Duration::from_secs(1_000);
    for file in [format!("debug/deps/libserde-{SERDE}.rlib"), format!("debug/build/serde-{SAID}/output")] {
        let file = File::options().append(true).open(target.0.join(file)).expect("it is there");
        file.set_modified(long_ago).expect("it can be set");
    }
    let kept = Kept { folder: cache.0.join("dependencies") };
    keep_of(&target, &kept);
    assert!(kept.is_whole().expect("it can be read"));
    let (library, said) = (format!("debug/deps/libserde-{SERDE}.rlib"), format!("debug/build/serde-{SAID}/output"));
    other.write(&library, "compiled by itself");
    kept.fill(&other.0).expect("it can be filled");
    assert_eq!(other.read(&library).as_deref(), Some("compiled"));
    for file in [&library, &said] {
        let time = fs::metadata(other.0.join(file)).and_then(|data| data.modified()).expect("it is there");
        assert_eq!(time, long_ago, "{file}");
    }
    other.write(&said, "written in place");
    assert!(kept.is_whole().expect("it can be read"));
    assert_eq!(target.read(&said).as_deref(), Some("cargo::rustc-cfg=x"));
    assert!(other.0.join(MARK).exists(), "it is filled once");
}

#[test]
fn what_is_damaged_is_not_whole_and_is_replaced() {
    let (target, cache) = (compiled("whole"), Folder::new("damaged"));
    let kept = Kept { folder: cache.0.join("dependencies") };
    assert!(!kept.is_whole().expect("nothing is there"));
    keep_of(&target, &kept);
    let said = format!("dependencies/copied/debug/build/serde-{SAID}/output");
    cache.write(&said, "half");
    assert!(!kept.is_whole().expect("it can be read"));
    keep_of(&target, &kept);
    assert!(kept.is_whole().expect("it can be read"));
    fs::remove_file(cache.0.join(&said)).expect("it is there");
    assert!(!kept.is_whole().expect("it can be read"));
    keep_of(&target, &kept);
    let left: Vec<_> = fs::read_dir(&cache.0).expect("it is there").collect();
    assert_eq!(left.len(), 1, "nothing is left beside it");
}

#[test]
fn what_has_nothing_new_is_not_kept_again() {
    let (target, cache) = (compiled("new"), Folder::new("has-all"));
    let kept = Kept { folder: cache.0.join("dependencies") };
    keep_of(&target, &kept);
    let mut files = files_to_keep(&target.0, &locked_crates()).expect("it can be read");
    assert!(kept.has_all(&files).expect("it can be read"));
    files.insert(PathBuf::from("debug/deps/libnew-5123456789abcdef.rlib"), Way::Linked);
    assert!(!kept.has_all(&files).expect("it can be read"));
}
