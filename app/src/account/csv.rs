//! A table as a text that spreadsheets open (RFC 4180).

/// Rows of cells as text.
pub fn write(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |row: Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    rows.into_iter().map(|row| line(row) + "\r\n").collect()
}

/// A cell that begins as a formula does would be worked out by a spreadsheet: it is made a text.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if is_formula { "'" } else { "" };
    format!("\"{mark}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formula_is_one() {
        let row = |cells: &[&str]| cells.iter().map(ToString::to_string).collect::<Vec<_>>();
        let text = write([row(&["who", "why"]), row(&["Sade \"S\" Okafor", "a,\nb"]), row(&["=1+1", "-"])]);
        assert_eq!(text, "\"who\",\"why\"\r\n\"Sade \"\"S\"\" Okafor\",\"a,\nb\"\r\n\"'=1+1\",\"'-\"\r\n");
    }
}
