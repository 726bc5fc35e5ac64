//! Part-of-speech tags: the Penn Treebank's, as OntoNotes uses them.

macro_rules! tags {
    ($($name:ident $text:literal $doc:literal,)*) => {
        /// A part of speech. Names follow the Penn Treebank (Marcus, Santorini and Marcinkiewicz 1993).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub enum Tag {
            $(#[doc = $doc] $name,)*
            /// Not tagged: the text is in another language.
            #[default]
            None,
        }

        impl Tag {
            /// All tags that the tagger gives.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The tag as the Treebank writes it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* Self::None => "-" }
            }
        }
    };
}

// One list serves the variants, their names and the tagger's numbering, which a function cannot do.
tags! {
    Cc "CC" "Coordinating conjunction.",
    Cd "CD" "Cardinal number.",
    Dt "DT" "Determiner.",
    Ex "EX" "Existential *there*.",
    Fw "FW" "Foreign word.",
    In "IN" "Preposition or subordinating conjunction.",
    Jj "JJ" "Adjective.",
    Jjr "JJR" "Comparative adjective.",
    Jjs "JJS" "Superlative adjective.",
    Md "MD" "Modal.",
    Nn "NN" "Noun, singular or mass.",
    Nns "NNS" "Noun, plural.",
    Nnp "NNP" "Proper noun, singular.",
    Nnps "NNPS" "Proper noun, plural.",
    Pdt "PDT" "Predeterminer.",
    Pos "POS" "Possessive ending.",
    Prp "PRP" "Personal pronoun.",
    Prps "PRP$" "Possessive pronoun.",
    Rb "RB" "Adverb.",
    Rbr "RBR" "Comparative adverb.",
    Rbs "RBS" "Superlative adverb.",
    Rp "RP" "Particle.",
    Sym "SYM" "Symbol.",
    To "TO" "*to*.",
    Uh "UH" "Interjection.",
    Vb "VB" "Verb, base form.",
    Vbd "VBD" "Verb, past tense.",
    Vbg "VBG" "Verb, gerund or present participle.",
    Vbn "VBN" "Verb, past participle.",
    Vbp "VBP" "Verb, present tense other than third person singular.",
    Vbz "VBZ" "Verb, present tense, third person singular.",
    Wdt "WDT" "Wh-determiner.",
    Wp "WP" "Wh-pronoun.",
    Wps "WP$" "Possessive wh-pronoun.",
    Wrb "WRB" "Wh-adverb.",
    Punct "." "Punctuation.",
}

impl Tag {
    /// The tag written `name`; punctuation, brackets and the like are all [`Tag::Punct`].
    #[must_use]
    pub fn parse(name: &str) -> Self {
        match name {
            "AFX" | "ADD" | "XX" | "NFP" | "GW" => Self::Nn,
            "$" | "#" => Self::Sym,
            _ => Self::ALL.iter().copied().find(|tag| tag.name() == name).unwrap_or(Self::Punct),
        }
    }

    /// A verb form, modals left out.
    #[must_use]
    pub const fn is_verb(self) -> bool {
        matches!(self, Self::Vb | Self::Vbd | Self::Vbg | Self::Vbn | Self::Vbp | Self::Vbz)
    }

    /// A verb form that shows tense by itself.
    #[must_use]
    pub const fn is_finite(self) -> bool {
        matches!(self, Self::Vbd | Self::Vbp | Self::Vbz | Self::Md)
    }

    /// A noun, common or proper.
    #[must_use]
    pub const fn is_noun(self) -> bool {
        matches!(self, Self::Nn | Self::Nns | Self::Nnp | Self::Nnps)
    }

    /// A proper noun.
    #[must_use]
    pub const fn is_proper(self) -> bool {
        matches!(self, Self::Nnp | Self::Nnps)
    }

    /// An adjective.
    #[must_use]
    pub const fn is_adjective(self) -> bool {
        matches!(self, Self::Jj | Self::Jjr | Self::Jjs)
    }

    /// An adverb.
    #[must_use]
    pub const fn is_adverb(self) -> bool {
        matches!(self, Self::Rb | Self::Rbr | Self::Rbs)
    }

    /// A word that carries content: noun, verb, adjective, adverb or number.
    #[must_use]
    pub const fn is_content(self) -> bool {
        self.is_noun()
            || self.is_verb()
            || self.is_adjective()
            || self.is_adverb()
            || matches!(self, Self::Cd | Self::Fw)
    }
}
