//! Charts as inline SVG. Every figure in them stands somewhere in words, too.

use maud::{Markup, html};

/// Most columns of a chart along a story; of more passages, neighbours share one.
const COLUMNS: usize = 120;

/// One bar that is the sum of its parts: class, label and points of each. Parts below 0 take no room.
pub fn parts(label: &str, parts: &[(&str, &str, f64)]) -> Markup {
    let starts = parts.iter().scan(0.0, |at, part| {
        let start = *at;
        *at += part.2.max(0.0);
        Some(start)
    });
    html! {
        svg.whole viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=(label) {
            @for (start, (class, name, points)) in starts.zip(parts).filter(|(_, part)| part.2 > 0.0) {
                rect.(class) x=(round(start)) y="0" width=(round(*points)) height="6" {
                    title { (name) " " (format!("{points:.1}")) }
                }
            }
        }
    }
}

/// A column for each passage: its link, its name and its score, 0 to 100.
pub fn along(label: &str, scores: &[(String, String, f64)]) -> Markup {
    let share = scores.len().div_ceil(COLUMNS).max(1);
    let columns: Vec<(&str, String, f64)> = scores
        .chunks(share)
        .map(|group| {
            let mean = group.iter().map(|one| one.2).sum::<f64>() / group.len() as f64;
            let name = match (group.first(), group.last()) {
                (Some(first), Some(last)) if group.len() > 1 => format!("{} to {}", first.1, last.1),
                (first, _) => first.map_or_else(String::new, |one| one.1.clone()),
            };
            (group.first().map_or("", |one| one.0.as_str()), name, mean)
        })
        .collect();
    let wide = 240.0 / columns.len().max(1) as f64;
    let gap = (wide * 0.15).min(2.0);
    html! {
        svg.along viewBox="0 0 240 64" preserveAspectRatio="none" role="img" aria-label=(label) {
            @for line in [0, 32] { line x1="0" x2="240" y1=(line) y2=(line) {} }
            @for (at, (href, name, score)) in columns.iter().enumerate() {
                @let high = (score * 0.64).max(0.6);
                a href=(href) tabindex="-1" {
                    rect.bar.low[*score < 50.0] x=(round(at as f64 * wide)) y=(round(64.0 - high)) width=(round(wide - gap)) height=(round(high)) {
                        title { (name) ": " (format!("{score:.1}")) }
                    }
                }
            }
        }
    }
}

/// Columns up for what is above 0 and down for what is below: class `b` and `a`. The longest fills its half, or 20 points do.
pub fn leads(label: &str, leads: &[(String, String, f64)]) -> Markup {
    let most = leads.iter().map(|one| one.2.abs()).fold(20.0, f64::max);
    let wide = 240.0 / leads.len().max(1) as f64;
    let gap = (wide * 0.15).min(2.0);
    html! {
        svg.along viewBox="0 0 240 64" preserveAspectRatio="none" role="img" aria-label=(label) {
            @for (at, (href, name, lead)) in leads.iter().enumerate() {
                @let high = 31.0 * lead.abs() / most;
                @let (class, top) = if *lead > 0.0 { ("b", 32.0 - high) } else { ("a", 32.0) };
                a href=(href) tabindex="-1" {
                    rect.lead.(class) x=(round(at as f64 * wide)) y=(round(top)) width=(round(wide - gap)) height=(round(high)) {
                        title { (name) ": " (format!("{:.1}", lead.abs())) " better in " (class.to_uppercase()) }
                    }
                }
            }
            line x1="0" x2="240" y1="32" y2="32" {}
        }
    }
}

/// A bar of `share`, 0 to 1, of the room that there is.
pub fn bar(share: f64, class: &str) -> Markup {
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
            rect.(class) x="0" y="0" width=(round(100.0 * share)) height="8" {}
        }
    }
}

/// Columns for the numbers of rows in equal steps of score from 0 to 100.
pub fn histogram(label: &str, bins: &[usize]) -> Markup {
    let most = bins.iter().copied().max().unwrap_or(0).max(1) as f64;
    let step = 100 / bins.len().max(1);
    let wide = 240.0 / bins.len().max(1) as f64;
    html! {
        svg.along.spread viewBox="0 0 240 64" preserveAspectRatio="none" role="img" aria-label=(label) {
            line x1="0" x2="240" y1="64" y2="64" {}
            @for (at, count) in bins.iter().enumerate() {
                @let high = if *count == 0 { 0.0 } else { (64.0 * *count as f64 / most).max(0.8) };
                rect.bar x=(round(at as f64 * wide)) y=(round(64.0 - high)) width=(round(wide - 1.5)) height=(round(high)) {
                    title { (at * step) " to " ((at + 1) * step) ": " (count) }
                }
            }
        }
    }
}

/// Two decimals are finer than a pixel.
fn round(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}
