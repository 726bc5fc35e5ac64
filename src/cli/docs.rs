//! What the program says of itself: rules, completions, manual pages.

use super::args::{Cli, ExplainArgs, ExplainFormat, Global, RulesArgs, RulesFormat};
use super::plan;
use super::run::CLEAN;
use super::streams::{Failure, Output, Streams, columns};
use crate::detect::registry;
use crate::error::{Error, nearest};
use crate::report;
use clap::CommandFactory;
use clap_mangen::Man;

pub fn rules(global: &Global, args: &RulesArgs, streams: Streams) -> Result<u8, Failure> {
    if let Some(query) = &args.lexicon {
        let lexicon = plan::lexicon(global)?;
        let found = report::lexicon_search(&lexicon, query, args.lang.as_deref(), args.kind.as_deref());
        return match args.format {
            RulesFormat::Terminal => print(&report::lexicon_table(&found, columns()), streams.styled()),
            RulesFormat::Json => print(&report::lexicon_json(&found), streams.plain()),
            RulesFormat::Markdown => print(&report::lexicon_markdown(&found), streams.plain()),
        };
    }
    match args.format {
        RulesFormat::Terminal => print(&report::rules_table(columns()), streams.styled()),
        RulesFormat::Json => print(&report::rules_json(), streams.plain()),
        RulesFormat::Markdown => print(&report::rules_markdown(), streams.plain()),
    }
}

pub fn explain(global: &Global, args: &ExplainArgs, streams: Streams) -> Result<u8, Failure> {
    let Some(rule) = registry::by_id(&args.rule) else { return explain_entry(global, args, streams) };
    match args.format {
        ExplainFormat::Terminal => print(&report::explanation(rule, columns()), streams.styled()),
        ExplainFormat::Json => print(&report::explanation_json(rule), streams.plain()),
    }
}

fn explain_entry(global: &Global, args: &ExplainArgs, streams: Streams) -> Result<u8, Failure> {
    let lexicon = plan::lexicon(global)?;
    let Some(id) = lexicon.by_id(&args.rule) else {
        let error =
            Error::usage(format!("unknown rule `{}`", args.rule)).expected("a rule, or an entry of the lexicon");
        let rules = registry::all().iter().map(|rule| rule.id);
        // A rule that is spelt like it comes before an entry.
        let near = nearest(&args.rule, rules)
            .or_else(|| nearest(&args.rule, lexicon.entries().map(|(_, entry)| entry.id.as_str())));
        Err(match near {
            Some(near) => error.remedy(format!("did you mean `{near}`?")),
            None => error.remedy("`fauxami rules` lists the rules, `fauxami rules --lexicon` the entries"),
        })?
    };
    let (entry, examples) = (lexicon.entry(id), lexicon.examples(id));
    match args.format {
        ExplainFormat::Terminal => print(&report::entry_explanation(entry, &examples, columns()), streams.styled()),
        ExplainFormat::Json => print(&report::entry_json(entry, examples), streams.plain()),
    }
}

pub fn completions(shell: clap_complete::Shell, streams: Streams) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "fauxami", &mut script);
    print(&String::from_utf8_lossy(&script), streams.plain())
}

pub fn man(command: Option<&str>, streams: Streams) -> Result<u8, Failure> {
    let wanted = command.map_or_else(|| "fauxami".to_owned(), |command| format!("fauxami-{command}"));
    let pages = man_pages();
    match pages.iter().find(|(name, _)| *name == wanted) {
        Some((_, page)) => print(page, streams.plain()),
        None => {
            let names = pages.iter().filter_map(|(name, _)| name.strip_prefix("fauxami-"));
            let typed = command.unwrap_or_default();
            let error = Error::usage(format!("no command `{typed}`"));
            Err(match nearest(typed, names) {
                Some(near) => error.remedy(format!("did you mean `{near}`?")),
                None => error,
            })?
        }
    }
}

/// The manual pages, each with its name: `fauxami`, `fauxami-audit` and so on, in roff.
///
/// ```
/// assert!(fauxami::cli::man_pages().iter().any(|(name, page)| name == "fauxami-audit" && page.contains("reference")));
/// ```
#[must_use]
pub fn man_pages() -> Vec<(String, String)> {
    let mut root = Cli::command();
    root.build();
    let page = |command: &clap::Command| {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        let mut roff = Vec::new();
        // Writing to memory cannot fail.
        let _ = Man::new(command.clone()).render(&mut roff);
        (name, String::from_utf8_lossy(&roff).into_owned())
    };
    std::iter::once(&root).chain(root.get_subcommands()).map(page).collect()
}

fn print(text: &str, mut out: Output) -> Result<u8, Failure> {
    out.write(text)?;
    out.finish()?;
    Ok(CLEAN)
}
