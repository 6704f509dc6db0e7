#![no_main]

use std::cell::{Cell, RefCell};

use heard_fuzz::bench::Bench;
use libfuzzer_sys::fuzz_target;

/// After so many pushes a fresh store: what was taken would pile up.
const MOST: u32 = 2_000;

thread_local! {
    static BENCH: RefCell<Bench> = RefCell::new(Bench::new());
    static PUSHED: Cell<u32> = const { Cell::new(0) };
}

fuzz_target!(|bytes: &[u8]| {
    let pushed = PUSHED.get() + 1;
    PUSHED.set(pushed % MOST);
    if pushed == MOST {
        BENCH.replace(Bench::new());
    }
    BENCH.with_borrow(|bench| bench.push(bytes));
});
