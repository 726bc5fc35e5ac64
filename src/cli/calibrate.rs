//! `fauxami calibrate`.

use super::evaluate::ratings;
use super::files;
use super::plan::Calibrate;
use super::progress::Bar;
use super::rated::CalibrateFormat;
use super::run::{CLEAN, TROUBLE};
use super::streams::{Failure, Streams};
use crate::audit::Auditor;
use crate::batch::{self, Limits};
use crate::error::Error;
use crate::evaluate::{Rated, audited, calibrate};
use crate::report;

pub fn run(plan: &Calibrate, streams: Streams) -> Result<u8, Failure> {
    let auditor = Auditor::new(&plan.config)?;
    let limits = Limits { jobs: plan.jobs, ..Limits::default() };
    let mut unread = 0;
    let mut rated = Vec::with_capacity(plan.ratings.len());
    for path in &plan.ratings {
        let (ratings, bad) = ratings(path, streams)?;
        unread += bad;
        if !ratings.iter().any(|own| own.verdict.is_some() || own.planted.is_some()) {
            return Err(Error::input("no rating that weights could be fitted to")
                .file(files::name(path))
                .expected("scores, penalties, marked spans or planted faults")
                .into());
        }
        let mut bar = Bar::new("translations", None, true);
        let evidence = audited(&ratings, &auditor, limits, |_, audit| audit.evidence, || bar.tick())?;
        bar.clear();
        rated.push(Rated { file: files::name(path), ratings, evidence });
    }
    let found = batch::on_threads(plan.jobs, || calibrate(&rated, auditor.weights()))??;
    let mut weights = streams.output(Some(&plan.output), false)?;
    weights.write(&found.weights.to_toml())?;
    let mut out = streams.output(None, plan.format == CalibrateFormat::Terminal)?;
    out.write(&match plan.format {
        CalibrateFormat::Terminal => report::calibration(&found, plan.decimals),
        CalibrateFormat::Json => report::calibration_json(&found),
    })?;
    out.finish()?;
    weights.finish()?;
    Ok(if unread > 0 { TROUBLE } else { CLEAN })
}
