//! Pages for a browser: one file each, which loads nothing, and whose security policy lets nothing run but its own style
//! and script.

mod charts;
mod corpus;
mod diff;
mod marks;
mod story;
mod systems;
mod text;

pub use diff::pages as diffs;
pub use story::FORMAT;
pub use text::{Text, isolated, plain};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

/// Colours, type, header, buttons, dialogs, tables and marks of all pages, light and dark, on a screen and in print.
const STYLE: &str = include_str!("base.css");
/// The switch of colours, and the page of help.
const SCRIPT: &str = include_str!("base.js");

/// The frame of a page. It is written in two parts, so that what stands between them need not be held in memory.
///
/// ```
/// use fauxami::report::html::Shell;
/// let shell = Shell { title: "a <story>", style: "", script: "", keys: &[("j", "next finding")] };
/// let page = format!("{}<p>text</p>{}", shell.head(&maud::html! {}), shell.tail());
/// assert!(page.contains("<title>a &lt;story&gt;</title>") && page.ends_with("</html>\n"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Shell<'a> {
    /// What the page is about, as text.
    pub title: &'a str,
    /// Style of this kind of page, after that of all pages.
    pub style: &'a str,
    /// Script of this kind of page, run when the page is complete, after that of all pages.
    pub script: &'a str,
    /// Keys and what they do, for the page of help. `?`, `t` and Escape are there already.
    pub keys: &'a [(&'a str, &'a str)],
}

impl Shell<'_> {
    /// All before the content of the page: head, header with `tools` (buttons of this kind of page), and the start of
    /// `main`.
    #[must_use]
    pub fn head(&self, tools: &Markup) -> String {
        let style = format!("{STYLE}{}", self.style);
        let policy = format!(
            "default-src 'none'; style-src '{}'; script-src '{}' '{}'; base-uri 'none'; form-action 'none'",
            hash(&style),
            hash(SCRIPT),
            hash(self.script),
        );
        let head = html! {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="generator" content={ "fauxami " (env!("CARGO_PKG_VERSION")) };
                title { (plain(self.title)) }
                style { (PreEscaped(&style)) }
            }
        };
        let top = html! {
            a.skip href="#main" { "Skip to the text" }
            header.top {
                p.brand { "fauxami" }
                p.title { (isolated(self.title)) }
                div.tools role="toolbar" aria-label="Page" hidden {
                    (tools)
                    button type="button" data-do="theme" title="Light or dark (t)" { "Theme" }
                    button type="button" data-do="help" title="Keys (?)" { "Help" }
                }
            }
        };
        let (head, top) = (head.into_string(), top.into_string());
        format!("{}<html lang=\"en\">{head}<body>{top}<main id=\"main\" tabindex=\"-1\">\n", DOCTYPE.into_string())
    }

    /// All after the content: the page of help and the scripts.
    #[must_use]
    pub fn tail(&self) -> String {
        let keys = self.keys.iter().chain(&[("t", "light or dark"), ("?", "this page"), ("Esc", "close")]);
        let end = html! {
            dialog id="help" aria-labelledby="help-title" {
                h2 id="help-title" { "Keys" }
                dl.keys { @for (key, does) in keys { div { dt { kbd { (key) } } dd { (does) } } } }
                button type="button" data-do="close" { "Close" }
            }
            script { (PreEscaped(SCRIPT)) }
            script { (PreEscaped(self.script)) }
        };
        format!("</main>{}</body></html>\n", end.into_string())
    }
}

/// What a security policy names a style or script by.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_what_the_page_runs() {
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        let shell = Shell { title: "</title><script>x", style: "p{}", script: "1", keys: &[] };
        let page = shell.head(&html! {}) + &shell.tail();
        assert!(
            page.contains(&hash(&format!("{STYLE}p{{}}"))) && page.contains(&hash("1")) && page.contains(&hash(SCRIPT))
        );
        assert_eq!(page.matches("<script>").count(), 2);
        // An end of either inside would close it early.
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</"));
    }
}
