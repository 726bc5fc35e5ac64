//! `fauxami evaluate`.

use super::files;
use super::plan::Evaluate;
use super::progress::Bar;
use super::rated::RatedFormat;
use super::run::{CLEAN, TROUBLE};
use super::streams::{Failure, Streams};
use crate::audit::Auditor;
use crate::batch::{self, Limits};
use crate::error::{Error, Result};
use crate::evaluate::{Joined, evaluate, joined, opinions};
use crate::read::{Rating, read_ratings, read_scored};
use crate::report;
use std::path::Path;

/// Rows that are told one by one; the rest is only counted.
const TOLD: usize = 5;

pub fn run(plan: &Evaluate, streams: Streams) -> std::result::Result<u8, Failure> {
    let (ratings, mut unread) = ratings(&plan.ratings, streams)?;
    let limits = Limits { jobs: plan.jobs, ..Limits::default() };
    let (ratings, ours) = match &plan.scored {
        None => {
            let mut bar = Bar::new("translations", None, true);
            let ours = opinions(&ratings, &Auditor::new(&plan.config)?, limits, || bar.tick())?;
            bar.clear();
            (ratings, ours)
        }
        Some(path) => {
            let (scored, bad) = read_scored(files::counted(path)?.0, &files::name(path))?;
            told(&bad, streams);
            let Joined { ratings, opinions, missing } = joined(ratings, &scored);
            if !missing.is_empty() {
                let some = missing.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
                streams.warn(&format!(
                    "{}: {} ratings have no row, of id {some} first",
                    files::name(path),
                    missing.len()
                ));
            }
            unread += missing.len();
            (ratings, opinions)
        }
    };
    if ratings.is_empty() {
        return Err(Error::input("no rating that can be evaluated").file(files::name(&plan.ratings)).into());
    }
    let mut found = batch::on_threads(plan.jobs, || evaluate(&ratings, &ours, plan.bootstrap))??;
    found.unread = unread;
    let mut out = streams.output(plan.output.as_deref(), plan.format == RatedFormat::Terminal)?;
    out.write(&match plan.format {
        RatedFormat::Terminal => report::evaluation(&found, plan.decimals),
        RatedFormat::Markdown => report::evaluation_markdown(&found, plan.decimals),
        RatedFormat::Json => report::evaluation_json(&found),
    })?;
    out.finish()?;
    Ok(if unread > 0 { TROUBLE } else { CLEAN })
}

/// Reads ratings, and tells of the rows that are none; how many these are comes second.
///
/// # Errors
/// Where the file cannot be read or has no ratings.
pub fn ratings(path: &Path, streams: Streams) -> Result<(Vec<Rating>, usize)> {
    let ratings = read_ratings(files::counted(path)?.0, &files::name(path))?;
    told(&ratings.bad, streams);
    Ok((ratings.rows, ratings.bad.len()))
}

fn told(bad: &[Error], streams: Streams) {
    bad.iter().take(TOLD).for_each(|error| streams.error(error));
    if bad.len() > TOLD {
        streams.warn(&format!("and {} more of these", bad.len() - TOLD));
    }
}
