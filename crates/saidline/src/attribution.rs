//! One report of one utterance in one document.

use saidline_html::{Moment, Span, When};

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
    /// What that is, when that is known.
    pub kind: Option<SpeakerKind>,
}

/// Where or through what something was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Venue {
    /// The words that tell it ("in an interview with the Quayside Post").
    pub span: Span,
    /// The outlet, platform, event or place that they name.
    pub name: Option<String>,
    /// What it is.
    pub kind: VenueKind,
}

/// What a venue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VenueKind {
    /// An interview.
    Interview,
    /// A news conference or briefing.
    NewsConference,
    /// A speech, a rally, an address.
    Speech,
    /// A statement, written or read out.
    Statement,
    /// Words on social media.
    Post,
    /// A letter, an e-mail, a memo.
    Letter,
    /// Testimony before a court or a committee.
    Testimony,
    /// Court papers, a report, a book, a bill.
    Document,
    /// A programme or a channel.
    Broadcast,
    /// An article, a column, a story.
    Article,
    /// A debate.
    Debate,
    /// A meeting.
    Meeting,
    /// A call.
    Call,
    /// A place and nothing more.
    Place,
}

impl VenueKind {
    /// The kind's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Interview => "interview",
            Self::NewsConference => "news-conference",
            Self::Speech => "speech",
            Self::Statement => "statement",
            Self::Post => "post",
            Self::Letter => "letter",
            Self::Testimony => "testimony",
            Self::Document => "document",
            Self::Broadcast => "broadcast",
            Self::Article => "article",
            Self::Debate => "debate",
            Self::Meeting => "meeting",
            Self::Call => "call",
            Self::Place => "place",
        }
    }

    /// Every kind, in the order of declaration.
    pub const ALL: [VenueKind; 14] = [
        Self::Interview,
        Self::NewsConference,
        Self::Speech,
        Self::Statement,
        Self::Post,
        Self::Letter,
        Self::Testimony,
        Self::Document,
        Self::Broadcast,
        Self::Article,
        Self::Debate,
        Self::Meeting,
        Self::Call,
        Self::Place,
    ];
}

/// When something was uttered. An end that is not known is open: "on Wednesday" of a page without a date has words and
/// no ends; what only the publication date bounds has no beginning.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Its beginning, when that is known.
    pub from: Option<Moment>,
    /// Its end, included, when that is known.
    pub to: Option<Moment>,
    /// The words it was read from.
    pub span: Option<Span>,
    /// How it was derived.
    pub basis: SaidBasis,
}

impl Said {
    /// A stretch of time whose ends are known.
    pub fn within(when: When, span: Option<Span>, basis: SaidBasis) -> Self {
        Self { from: Some(when.from), to: Some(when.to), span, basis }
    }

    /// The stretch of time, where both ends are known.
    pub fn when(&self) -> Option<When> {
        Some(When { from: self.from?, to: self.to? })
    }
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

/// What kind of attribution it is, and of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// Speech, thought, plan, finding or order.
    pub class: ActClass,
    /// What was done with the words; none where a record kept it before that was told.
    pub r#type: Option<ActType>,
}

/// What was done with the words: the second level under [`ActClass`]. `docs/reference/acts.md` has the list, with the
/// events of PLOVER that each stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActType {
    /// Said, told, explained, described.
    State,
    /// Made known: a decision, an event, a plan.
    Announce,
    /// A question.
    Ask,
    /// Confirmed, admitted, acknowledged.
    Confirm,
    /// Denied.
    Deny,
    /// Accused, blamed, alleged.
    Accuse,
    /// Criticised, attacked.
    Criticise,
    /// Praised, welcomed, thanked.
    Praise,
    /// Endorsed, backed, defended.
    Support,
    /// Rejected, dismissed, disagreed.
    Oppose,
    /// Called for, urged, requested.
    Demand,
    /// Suggested, offered, recommended.
    Propose,
    /// Promised, vowed, assured.
    Promise,
    /// Threatened.
    Threaten,
    /// Warned.
    Warn,
    /// Predicted.
    Predict,
    /// Agreed with somebody, reached an agreement.
    Agree,
    /// Refused, declined, did not comment.
    Refuse,
    /// Apologised.
    Apologise,
    /// Believed, knew, considered.
    Believe,
    /// Doubted.
    Doubt,
    /// Expected.
    Expect,
    /// Hoped.
    Hope,
    /// Feared, worried.
    Fear,
    /// Wanted, wished.
    Want,
    /// Liked, supported as an attitude.
    Approve,
    /// Disliked, opposed as an attitude.
    Disapprove,
    /// Intended, planned.
    Intend,
    /// Decided what to do oneself.
    Decide,
    /// Considered doing.
    ConsiderDoing,
    /// Found, showed, estimated.
    Find,
    /// Decided as a court does.
    Rule,
    /// Ordered, required by law.
    Order,
    /// Banned, blocked.
    Forbid,
    /// Allowed, approved, granted.
    Permit,
    /// Appointed, nominated, elected.
    Appoint,
    /// Charged, sued, indicted.
    Charge,
    /// Sentenced, fined, dismissed.
    Punish,
}

impl ActType {
    /// The type's name on the wire: a verb in base form.
    pub fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Announce => "announce",
            Self::Ask => "ask",
            Self::Confirm => "confirm",
            Self::Deny => "deny",
            Self::Accuse => "accuse",
            Self::Criticise => "criticise",
            Self::Praise => "praise",
            Self::Support => "support",
            Self::Oppose => "oppose",
            Self::Demand => "demand",
            Self::Propose => "propose",
            Self::Promise => "promise",
            Self::Threaten => "threaten",
            Self::Warn => "warn",
            Self::Predict => "predict",
            Self::Agree => "agree",
            Self::Refuse => "refuse",
            Self::Apologise => "apologise",
            Self::Believe => "believe",
            Self::Doubt => "doubt",
            Self::Expect => "expect",
            Self::Hope => "hope",
            Self::Fear => "fear",
            Self::Want => "want",
            Self::Approve => "approve",
            Self::Disapprove => "disapprove",
            Self::Intend => "intend",
            Self::Decide => "decide",
            Self::ConsiderDoing => "consider-doing",
            Self::Find => "find",
            Self::Rule => "rule",
            Self::Order => "order",
            Self::Forbid => "forbid",
            Self::Permit => "permit",
            Self::Appoint => "appoint",
            Self::Charge => "charge",
            Self::Punish => "punish",
        }
    }

    /// The class that the type belongs to.
    pub fn class(self) -> ActClass {
        match self {
            Self::State
            | Self::Announce
            | Self::Ask
            | Self::Confirm
            | Self::Deny
            | Self::Accuse
            | Self::Criticise
            | Self::Praise
            | Self::Support
            | Self::Oppose
            | Self::Demand
            | Self::Propose
            | Self::Promise
            | Self::Threaten
            | Self::Warn
            | Self::Predict
            | Self::Agree
            | Self::Refuse
            | Self::Apologise => ActClass::Speech,
            Self::Believe
            | Self::Doubt
            | Self::Expect
            | Self::Hope
            | Self::Fear
            | Self::Want
            | Self::Approve
            | Self::Disapprove => ActClass::Thought,
            Self::Intend | Self::Decide | Self::ConsiderDoing => ActClass::Plan,
            Self::Find => ActClass::Finding,
            Self::Rule
            | Self::Order
            | Self::Forbid
            | Self::Permit
            | Self::Appoint
            | Self::Charge
            | Self::Punish => ActClass::Order,
        }
    }

    /// Every type, in the order of declaration.
    pub const ALL: [ActType; 38] = [
        Self::State,
        Self::Announce,
        Self::Ask,
        Self::Confirm,
        Self::Deny,
        Self::Accuse,
        Self::Criticise,
        Self::Praise,
        Self::Support,
        Self::Oppose,
        Self::Demand,
        Self::Propose,
        Self::Promise,
        Self::Threaten,
        Self::Warn,
        Self::Predict,
        Self::Agree,
        Self::Refuse,
        Self::Apologise,
        Self::Believe,
        Self::Doubt,
        Self::Expect,
        Self::Hope,
        Self::Fear,
        Self::Want,
        Self::Approve,
        Self::Disapprove,
        Self::Intend,
        Self::Decide,
        Self::ConsiderDoing,
        Self::Find,
        Self::Rule,
        Self::Order,
        Self::Forbid,
        Self::Permit,
        Self::Appoint,
        Self::Charge,
        Self::Punish,
    ];
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

impl Polarity {
    /// The polarity's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Affirmed => "affirmed",
            Self::SayingDenied => "saying-denied",
            Self::ContentDenied => "content-denied",
            Self::Hypothetical => "hypothetical",
            Self::Asked => "asked",
        }
    }

    /// Every polarity, in the order of declaration.
    pub const ALL: [Polarity; 5] =
        [Self::Affirmed, Self::SayingDenied, Self::ContentDenied, Self::Hypothetical, Self::Asked];
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
    /// To whom it was said, in the order of the text.
    pub addressees: Vec<Mention>,
    /// Where or through what it was said.
    pub venue: Option<Venue>,
    /// When it was uttered; none where nothing is known.
    pub said: Option<Said>,
    /// What kind of attribution it is. Every reading tells; none where a record kept it before that was so.
    pub act: Option<Act>,
    /// Whether the saying or the content is negated. Every reading tells; none where a record kept it before that was so.
    pub polarity: Option<Polarity>,
    /// The attribution that this one stands in: its place in [`crate::Reading::attributions`].
    pub parent: Option<usize>,
    /// Who passed the words on, outermost first.
    pub via: Vec<Mention>,
}

impl Attribution {
    /// An attribution by its spans alone: nothing is resolved yet.
    pub fn new(
        kind: QuotationKind,
        source: Vec<Span>,
        cue: Vec<Span>,
        content: Vec<Span>,
        confidence: f32,
    ) -> Self {
        Self {
            kind,
            source,
            cue,
            content,
            confidence,
            speakers: Vec::new(),
            addressees: Vec::new(),
            venue: None,
            said: None,
            act: None,
            polarity: None,
            parent: None,
            via: Vec::new(),
        }
    }
}
