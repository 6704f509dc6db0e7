//! The storage contract suite as a page of its own. The functions a browser calls are in `platform::indexed_db::contract`;
//! those that the bench calls, in `platform::trial`.

use app as _;

fn main() {}
