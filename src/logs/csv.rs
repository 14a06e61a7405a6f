//! Lines of CSV (RFC 4180), for all tables that the program writes.

/// A line of these cells. A cell is in quotes where it has to be; blanks at its ends count.
pub fn csv_line<const N: usize>(cells: &[impl AsRef<str>; N]) -> String {
    format!("{}\r\n", cells.each_ref().map(|cell| quoted(cell.as_ref())).join(","))
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n']) || cell.starts_with(' ') || cell.ends_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_has_to_be() {
        assert_eq!(
            csv_line(&["a b", "", "c,d", "e\"f", "g\nh", " i", "j "]),
            "a b,,\"c,d\",\"e\"\"f\",\"g\nh\",\" i\",\"j \"\r\n"
        );
    }
}
