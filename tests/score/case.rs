//! A metric by the names and defaults of sacreBLEU's constructors; for the tests and for examples/metrics.rs.

use fauxami::score::metrics::{Bleu, BleuOptions, Chrf, ChrfOptions, Metric, Smoothing, Ter, TerOptions, Tokenizer};
use serde::Deserialize;
use std::error::Error;

/// The keyword arguments of all three constructors.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    lowercase: bool,
    tokenize: Option<String>,
    smooth_method: Option<String>,
    smooth_value: Option<f64>,
    max_ngram_order: Option<usize>,
    effective_order: bool,
    char_order: Option<usize>,
    word_order: Option<usize>,
    beta: Option<f64>,
    whitespace: bool,
    eps_smoothing: bool,
    normalized: bool,
    no_punct: bool,
    asian_support: bool,
    case_sensitive: bool,
}

/// The metric that sacreBLEU calls `BLEU`, `CHRF` or `TER`.
pub fn metric(name: &str, options: &Options) -> Result<Metric, Box<dyn Error>> {
    Ok(match name {
        "BLEU" => Metric::Bleu(Bleu::new(BleuOptions {
            tokenizer: Tokenizer::parse(options.tokenize.as_deref().unwrap_or("13a"))?,
            lowercase: options.lowercase,
            smoothing: Smoothing::parse(options.smooth_method.as_deref().unwrap_or("exp"), options.smooth_value)?,
            max_order: options.max_ngram_order.unwrap_or(4),
            effective_order: options.effective_order,
        })?),
        "CHRF" => Metric::Chrf(Chrf::new(ChrfOptions {
            char_order: options.char_order.unwrap_or(6),
            word_order: options.word_order.unwrap_or(0),
            beta: options.beta.unwrap_or(2.0),
            lowercase: options.lowercase,
            whitespace: options.whitespace,
            eps_smoothing: options.eps_smoothing,
        })?),
        "TER" => Metric::Ter(Ter::new(TerOptions {
            normalized: options.normalized,
            no_punct: options.no_punct,
            asian_support: options.asian_support,
            case_sensitive: options.case_sensitive,
        })),
        _ => return Err(format!("no metric `{name}`").into()),
    })
}
