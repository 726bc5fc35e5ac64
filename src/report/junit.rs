//! JUnit's XML, which continuous integration reads: a suite a story, a case a finding.

use super::formats::{Format, Stories, ToldStory};
use super::layout::shown;
use super::model::FindingView;
use maud::{Markup, html};

/// A suite a story. Findings that make the exit status 1 fail, and so does a score that is too low; other findings pass
/// and say what they are.
pub const FORMAT: Format = Format {
    name: "junit",
    summary: "JUnit XML, for continuous integration",
    styled: false,
    stories: Some(Stories {
        head: |_| "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"fauxami\">\n".to_owned(),
        story,
        gap: "",
        tail: |_| "</testsuites>\n".to_owned(),
        overview: false,
    }),
    corpus: None,
    systems: None,
    diffs: None,
};

fn story(told: &ToldStory<'_>) -> String {
    let view = told.view();
    let path = legal(&shown(view.path));
    let fails = |finding: &FindingView<'_>| told.fail_on.is_some_and(|limit| finding.severity >= limit);
    let low = told.min_score.is_some_and(|least| view.score < least);
    let count = view.findings().count();
    let failures = view.findings().filter(|finding| fails(finding)).count() + usize::from(low);
    let cases = view.findings().map(|finding| {
        let (line, column) = view.offsets.line_column(finding.span.start);
        case(finding, &path, (line, column), fails(finding))
    });
    let suite = html! {
        testsuite name=(path) tests=(count + 1) failures=(failures) errors="0" skipped="0" {
            "\n"
            testcase name="score" classname=(path) {
                @if let Some(least) = told.min_score.filter(|_| low) {
                    failure type="score" message={ (format!("{:.1}", view.score)) " is below " (least) } {}
                }
                system-out { (format!("{:.1} of 100", view.score)) }
            }
            "\n"
            @for case in cases { (case) "\n" }
        }
        "\n"
    };
    suite.into_string()
}

fn case(finding: &FindingView<'_>, path: &str, (line, column): (usize, usize), fails: bool) -> Markup {
    let kind = format!("{} {}", finding.severity.name(), finding.rule);
    let message = legal(&super::annotations::sentence(finding));
    html! {
        testcase name={ (kind) " " (line) ":" (column) } classname=(path) file=(path) line=(line) {
            @if fails {
                failure type=(finding.rule) message=(message) { (path) ":" (line) ":" (column) ": " (kind) ": " (message) }
            } @else {
                system-out { (kind) ": " (message) }
            }
        }
    }
}

/// The text with U+FFFD for what XML 1.0 has no way to write.
fn legal(text: &str) -> String {
    let good = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if good(c) { c } else { '\u{fffd}' }).collect()
}
