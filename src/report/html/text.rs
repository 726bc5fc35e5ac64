//! Text is data: nothing of it may act as markup, steer the direction of what stands around it, or hide.

use maud::{Markup, Render, html};
use std::fmt::Write;

/// The text as content of an element: markup is escaped, and characters that would be unseen or turn the direction of
/// the text stand there by their numbers. Line breaks and tabs stay as they are.
///
/// ```
/// use fauxami::report::html::Text;
/// use maud::Render;
/// assert_eq!(Text("a <b> & c").render().into_string(), "a &lt;b&gt; &amp; c");
/// assert!(Text("a\u{202e}b").render().into_string().contains(">U+202E<"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Text<'a>(pub &'a str);

impl Render for Text<'_> {
    fn render_to(&self, out: &mut String) {
        let mut rest = self.0;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| unseen(*c)) {
            rest[..at].render_to(out);
            let _ = write!(out, "<span class=ctl>U+{:04X}</span>", c as u32);
            rest = &rest[at + c.len_utf8()..];
        }
        rest.render_to(out);
    }
}

/// The text where elements cannot stand, as in a title or an attribute: what is unseen becomes U+FFFD. Markup is left to
/// be escaped by whoever writes it.
///
/// ```
/// assert_eq!(fauxami::report::html::plain("a\u{202e}b\0"), "a\u{fffd}b\u{fffd}");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if unseen(c) { '\u{fffd}' } else { c }).collect()
}

/// Text in a line of other text: its direction is its own and does not reach out of it.
#[must_use]
pub fn isolated(text: &str) -> Markup {
    html! { bdi { (Text(text)) } }
}

/// Control characters, characters of direction, noncharacters, and those without width that no script needs. The joiners
/// U+200C and U+200D are part of how Persian, Indic scripts and emoji are written, so they stay.
fn unseen(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => true,
        '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff9}'..='\u{fffb}' => true,
        '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control() || (c as u32) & 0xfffe == 0xfffe,
    }
}
