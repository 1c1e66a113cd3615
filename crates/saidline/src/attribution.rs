//! One report of one utterance in one document.

use saidline_html::{Span, When};

/// Whether the words are given as spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuotationKind {
    /// Words given as spoken: in quotation marks, in a block quotation, after a speaker's label.
    Direct,
    /// Reported without the words themselves.
    Indirect,
    /// Partly in quotation marks.
    Mixed,
}

impl QuotationKind {
    /// The kind's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }

    /// Every kind, in the order of declaration.
    pub const ALL: [QuotationKind; 3] = [Self::Direct, Self::Indirect, Self::Mixed];
}

/// What a speaker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpeakerKind {
    /// A person.
    Person,
    /// An organisation or a government.
    Organisation,
    /// Somebody not named ("a senior official").
    Unnamed,
}

impl SpeakerKind {
    /// The kind's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Unnamed => "unnamed",
        }
    }

    /// Every kind, in the order of declaration.
    pub const ALL: [SpeakerKind; 3] = [Self::Person, Self::Organisation, Self::Unnamed];
}

/// How a source came to its speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// The source holds the full name.
    Name,
    /// The source holds part of a name given in full elsewhere ("Lavrov").
    ShortName,
    /// The source is a pronoun.
    Pronoun,
    /// The source describes somebody named elsewhere ("the minister").
    Description,
    /// No source: the words go on from the attribution before.
    Carried,
    /// A person put it right afterwards.
    Corrected,
}

impl How {
    /// The way's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::ShortName => "short-name",
            Self::Pronoun => "pronoun",
            Self::Description => "description",
            Self::Carried => "carried",
            Self::Corrected => "corrected",
        }
    }

    /// Every way, in the order of declaration.
    pub const ALL: [How; 6] =
        [Self::Name, Self::ShortName, Self::Pronoun, Self::Description, Self::Carried, Self::Corrected];
}

/// The mention that gave a speaker the name: where it stands.
pub type Antecedent = Span;

/// Whom a source names or stands for in this document.
#[derive(Debug, Clone, PartialEq)]
pub struct Speaker {
    /// The fullest name in the document.
    pub name: String,
    /// What the speaker is.
    pub kind: SpeakerKind,
    /// The title or role beside the name, in the document's words.
    pub role: Option<String>,
    /// How the source came to it.
    pub how: How,
    /// The mention that names it, when that is not the source itself.
    pub antecedent: Option<Antecedent>,
    /// The chance that this speaker is right, `0.0..=1.0`.
    pub confidence: f32,
}

/// Words of the text that name an addressee, a venue or a link of the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where they stand.
    pub span: Span,
    /// Whom or what they name, when that is known.
    pub name: Option<String>,
}

/// When something was uttered.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The interval.
    pub when: When,
    /// The words it was read from.
    pub span: Option<Span>,
    /// How it was derived.
    pub basis: SaidBasis,
}

/// How the time of an utterance was derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaidBasis {
    /// Its words give the date.
    Explicit,
    /// Its words count from the publication date ("on Wednesday").
    Relative,
    /// The dateline gives it.
    Dateline,
    /// The day of the interview or speech, told elsewhere in the page.
    Event,
    /// Bounded by the publication date only.
    Published,
    /// A person put it right afterwards.
    Corrected,
}

impl SaidBasis {
    /// The basis' name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Relative => "relative",
            Self::Dateline => "dateline",
            Self::Event => "event",
            Self::Published => "published",
            Self::Corrected => "corrected",
        }
    }

    /// Every basis, in the order of declaration.
    pub const ALL: [SaidBasis; 6] =
        [Self::Explicit, Self::Relative, Self::Dateline, Self::Event, Self::Published, Self::Corrected];
}

/// What kind of attribution it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActClass {
    /// Something was put in words: statements, questions, denials, promises, refusals.
    Speech,
    /// Beliefs, knowledge, perception, expectation, hopes, fears, attitudes.
    Thought,
    /// What somebody intends to do, or has decided to.
    Plan,
    /// What a study, a poll, a record shows, or was found by looking.
    Finding,
    /// Words that change what holds: rulings, laws, bans, appointments.
    Order,
}

impl ActClass {
    /// The class' name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Thought => "thought",
            Self::Plan => "plan",
            Self::Finding => "finding",
            Self::Order => "order",
        }
    }

    /// Every class, in the order of declaration.
    pub const ALL: [ActClass; 5] = [Self::Speech, Self::Thought, Self::Plan, Self::Finding, Self::Order];
}

/// What kind of attribution it is, and of speech act. What speech acts there are is not told apart yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Act {
    /// Speech, thought, plan, finding or order.
    pub class: ActClass,
}

/// Whether the saying or the content is negated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// Said.
    Affirmed,
    /// "did not say".
    SayingDenied,
    /// "denied that".
    ContentDenied,
    /// "would say".
    Hypothetical,
    /// "asked whether".
    Asked,
}

/// One report of one utterance: who (source), with which words it is reported (cue), and what (content).
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// Whether the words are given as spoken.
    pub kind: QuotationKind,
    /// The words that name the speaker, in the order of the text; may be empty.
    pub source: Vec<Span>,
    /// The words that report ("said", "according to"); may be empty.
    pub cue: Vec<Span>,
    /// What was said, in one piece or several ("…," he said, "…").
    pub content: Vec<Span>,
    /// The chance that the spans and their link are right, `0.0..=1.0`.
    pub confidence: f32,
    /// Whom the source stands for; none where it is not clear.
    pub speakers: Vec<Speaker>,
    /// When it was uttered; none where nothing is known.
    pub said: Option<Said>,
    /// What kind of attribution it is. Every reading tells; none where a record kept it before that was so.
    pub act: Option<Act>,
    /// The attribution that this one stands in: its place in [`crate::Reading::attributions`].
    pub parent: Option<usize>,
    /// Who passed the words on, outermost first.
    pub via: Vec<Mention>,
}
