//! Puts the application on the page.

fn main() {
    app::start();
}
