//! Bad and odd stories: each gets a clear answer.

use super::{CLEAN, Folder};

fn audit(content: impl AsRef<[u8]>) -> super::Run {
    Folder::new().with("a.txt", content).run(&["audit", "a.txt", "--rules", "none"])
}

#[test]
fn an_empty_file() {
    audit("").exits(2).says("error: a.txt: the file is empty; expected a text; check the export that wrote it\n");
    audit(" \n\t\n").exits(2).says("a.txt: nothing but white space; expected a text");
}

#[test]
fn invalid_utf8_names_the_byte() {
    let run = audit(b"A na\xC3\xAFve caf\xC3\xA9 in Troms\xC3\xB8, bad \xFF byte.").exits(2);
    run.says("a.txt: byte 31: 0xFF is not UTF-8, and the file does not read as Windows-1252 either; expected UTF-8");
    audit(b"\x90\x8D\x81 garbage \x8F").exits(2).says("a.txt: byte 0: 0x90 is not UTF-8");
    audit(b"PK\x03\x04\0\0 zip").exits(2).says("a.txt: byte 4: a NUL byte");
}

#[test]
fn windows_1252_is_read_with_a_warning() {
    let run = audit(b"The caf\xE9 said it would \x93reopen\x94 soon.").exits(0);
    run.says("warning: a.txt: byte 7: not UTF-8; read as Windows-1252; save it as UTF-8 to be safe\n");
}

#[test]
fn utf16_is_read_with_a_warning() {
    let units = |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    for (mark, order, name) in [
        (&b"\xFF\xFE"[..], u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"),
        (b"\xFE\xFF", u16::to_be_bytes, "UTF-16BE"),
    ] {
        let bytes = [mark, &units(CLEAN, order)].concat();
        audit(&bytes).exits(0).says(&format!("warning: a.txt: read as {name}"));
        audit(&bytes[..bytes.len() - 1]).exits(2).says(&format!("half a character in {name}"));
    }
    audit(b"\xFF\xFE\x00\xD8a\0").exits(2).says("a.txt: byte 2: an unpaired surrogate in UTF-16LE");
    audit(b"\xFF\xFE\0\0a\0\0\0").exits(2).says("the text is in UTF-32; expected UTF-8");
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let folder = Folder::new().with("a.txt", format!("\u{feff}{CLEAN}"));
    let run = folder.run(&["audit", "a.txt", "--rules", "none", "--format", "jsonl"]).exits(0);
    assert_eq!(run.lines()[0]["start"], 0);
    assert_eq!(run.lines()[0]["text"], "The council met on Monday.");
    assert_eq!(run.err, "");
}

#[test]
fn one_line_of_100_mb_is_answered_at_once() {
    let folder = Folder::new();
    let mut file = std::fs::File::create(folder.path("a.txt")).expect("a file");
    let chunk = [b"First line.\n".to_vec(), b"word ".repeat(200_000)].concat();
    std::io::Write::write_all(&mut file, &chunk).expect("room");
    // The rest is a hole, which costs the test no time.
    file.set_len(100_000_000).expect("room");
    drop(file);
    let started = std::time::Instant::now();
    let run = folder.run(&["audit", "a.txt"]).exits(2);
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    run.says("a.txt:2: the line is 95.4 MiB long; expected paragraphs of at most 1.0 MiB; break it into paragraphs");
}

#[test]
fn a_paragraph_of_many_lines_may_be_too_long() {
    let line = "the committee said that it would look into the matter again\n".repeat(20_000);
    audit(format!("Head\n\n{line}end\n")).exits(2).says("a.txt:3: the paragraph is 1.1 MiB long");
}
