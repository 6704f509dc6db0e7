//! What the fuzzer begins with, and what it once found (`functions/fuzz`): what is malformed is a problem and leaves no
//! trace, and nothing panics.

#[expect(unreachable_pub, reason = "the fuzzer uses it from another crate")]
#[path = "../../fuzz/src/bench.rs"]
mod bench;
#[expect(unreachable_pub, reason = "the fuzzer uses it from another crate")]
#[path = "../../fuzz/src/operations.rs"]
mod operations;

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| std::fs::read(file).unwrap()).collect()
}

#[test]
fn a_push_of_anything_is_taken_whole_or_is_a_problem_after_which_nothing_is_stored() {
    let bench = bench::Bench::new();
    let pushes = corpus("push");
    assert!(pushes.len() > 10);
    pushes.iter().for_each(|push| bench.push(push));
}

#[test]
fn operations_of_any_kind_each_have_a_place_and_the_standing_follows_from_them() {
    let lines = corpus("operations");
    assert!(lines.len() > 9);
    lines.iter().for_each(|lines| operations::operations(lines));
}
