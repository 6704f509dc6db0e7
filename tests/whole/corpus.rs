//! What lies on a tablet's disk, as the fuzzer begins with it and as it once found it (`functions/fuzz`).

#[expect(unreachable_pub, reason = "the fuzzer uses it from another crate")]
#[path = "../../functions/fuzz/src/stored.rs"]
mod stored;

#[test]
fn what_is_read_of_a_disk_is_written_the_same_again_and_what_is_not_sealed_does_not_open() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../functions/fuzz/corpus/stored");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.len() > 9);
    files.iter().for_each(|file| stored::stored(&std::fs::read(file).unwrap()));
}
