//! What the readers promise, on any bytes.

use fauxami::read::{MAX_ROW, PairReader, decode, line_count, paragraphs, read_story};
use proptest::prelude::*;

#[derive(serde::Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    text: String,
    parts: Vec<String>,
}

#[test]
fn paragraphs_as_in_the_cases() {
    let cases: Cases = toml::from_str(include_str!("paragraphs.toml")).expect("TOML");
    for case in cases.case {
        let parts: Vec<&str> = paragraphs(&case.text).iter().map(|span| &case.text[span.range()]).collect();
        assert_eq!(parts, case.parts, "{}", case.name);
        let crlf = case.text.replace('\n', "\r\n");
        let parts: Vec<String> =
            paragraphs(&crlf).iter().map(|span| crlf[span.range()].replace("\r\n", "\n")).collect();
        assert_eq!(parts, case.parts, "{} with \\r\\n", case.name);
    }
}

#[test]
fn a_failing_reader_is_named() {
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let error = read_story(Failing, "a.txt").unwrap_err();
    assert_eq!(error.to_string(), "a.txt: cannot be read or written: the disk is gone; check the file and the disk");
    let mut rows = PairReader::json_lines(Box::new(std::io::BufReader::new(Failing)), "p.jsonl");
    assert!(rows.next().unwrap().unwrap_err().to_string().starts_with("p.jsonl: cannot be read"));
    assert!(rows.next().is_none(), "nothing follows a broken reader");
}

#[test]
fn a_story_over_64_mib_is_refused() {
    let line = b"A short line of a very long list of lines that nobody has read to its end.\n";
    let endless = std::io::Read::take(std::io::BufReader::new(Repeat(line, 0)), 70 << 20);
    let error = read_story(endless, "big.txt").unwrap_err().to_string();
    assert!(
        error.starts_with("big.txt: the file is over 64.0 MiB; expected one story; give a corpus to `fauxami score`"),
        "{error}"
    );
}

struct Repeat(&'static [u8], usize);

impl std::io::Read for Repeat {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for slot in buffer.iter_mut() {
            *slot = self.0[self.1 % self.0.len()];
            self.1 += 1;
        }
        Ok(buffer.len())
    }
}

#[test]
fn a_row_at_the_limit_is_read() {
    let head = "{\"mt\": \"";
    let row = format!("{head}{}\"}}", "a".repeat(MAX_ROW - head.len() - 2));
    for (text, good) in [(row.clone(), true), (row + " ", false)] {
        let reader = std::io::BufReader::new(std::io::Cursor::new(text));
        let row = PairReader::json_lines(Box::new(reader), "p").next().unwrap().unwrap();
        assert_eq!(row.pair.is_ok(), good);
    }
}

#[test]
fn lines_are_counted_as_they_are_read() {
    for (text, lines) in [("", 0), ("a", 1), ("a\n", 1), ("a\n\n", 2), ("\n", 1), ("a\nb", 2)] {
        assert_eq!(line_count(text.as_bytes()).unwrap(), lines, "{text:?}");
        let mt = (Box::new(text.as_bytes()) as fauxami::read::Bytes, "mt".to_owned());
        assert_eq!(PairReader::parallel(mt, Vec::new(), None).count(), lines, "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn paragraphs_hold_all_but_white_space(text in "(\\PC|[ \n\r\t\u{2028}\u{2029}🦀.]){0,200}") {
        let spans = paragraphs(&text);
        let mut end = 0;
        for span in &spans {
            prop_assert!(span.start >= end && span.end > span.start);
            prop_assert!(text[end..span.start].trim().is_empty());
            prop_assert_eq!(text[span.range()].trim(), &text[span.range()]);
            end = span.end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }

    #[test]
    fn no_bytes_break_the_readers(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = decode(bytes.clone(), "x");
        let _ = read_story(&bytes[..], "x");
        let owned = || Box::new(std::io::Cursor::new(bytes.clone())) as fauxami::read::Bytes;
        for row in PairReader::json_lines(owned(), "x").chain(PairReader::sniff(owned(), "x").into_iter().flatten()) {
            if let Err(error) = row.and_then(|row| row.pair) {
                prop_assert!(error.to_string().starts_with("x"));
            }
        }
    }

    #[test]
    fn utf16_comes_back(text in "(\\PC|\n|🦀){1,100}") {
        let bytes: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        prop_assert_eq!(decode(bytes, "x").unwrap().text, text);
    }
}
