//! What a page says of itself: JSON-LD, OpenGraph and other `<meta>`, `<link>`, `<time>`, `<title>`.

use crate::dates;
use crate::dom::{Data, Dom, Id};
use crate::moment::Moment;
use html5ever::local_name;
use serde_json::Value;

/// Metadata as the page's markup states it, before it is weighed against what is shown.
#[derive(Debug, Default)]
pub(crate) struct Stated {
    /// Titles, the most trusted first.
    pub titles: Vec<String>,
    /// What `<title>` holds.
    pub head_title: Option<String>,
    /// Outlets, the most trusted first.
    pub outlets: Vec<String>,
    /// The authors' names.
    pub authors: Vec<String>,
    /// When it was published, and the words that say so.
    pub published: Option<(Moment, String)>,
    /// When it was last changed, and the words that say so.
    pub updated: Option<(Moment, String)>,
    /// The canonical address.
    pub canonical: Option<String>,
    /// The language tag.
    pub language: Option<String>,
    /// It says that it is a live blog.
    pub live: bool,
}

/// Bytes of one JSON-LD script that are read.
const MOST_JSON: usize = 4 << 20;
/// Objects of all JSON-LD that are looked at.
const MOST_OBJECTS: usize = 20_000;

/// `<meta>` names (in lower case) that give the date of publication, the most trusted first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "rnews:datepublished",
    "datepublished",
    "bt:pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "article-published",
    "article_date_original",
    "originalpublicationdate",
    "shareaholic:article_published_time",
    "iso-8601-publish-date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "publication_date",
    "publication-date",
    "published_time",
    "pubdate",
    "pub_date",
    "ptime",
    "pdate",
    "displaydate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "citation_date",
    "date",
];

/// `<meta>` names that give the date of the last change.
const UPDATED: &[&str] = &[
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "article:modified",
    "article.updated",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "lastupdate",
    "revision_date",
];

const TITLES: &[&str] =
    &["og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline"];
const OUTLETS: &[&str] =
    &["og:site_name", "application-name", "dc.publisher", "cre", "article:publisher_name"];
const AUTHORS: &[&str] = &[
    "byl",
    "author",
    "article:author_name",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
];

/// Collects what the markup states.
pub(crate) fn stated(dom: &Dom) -> Stated {
    let mut metas: Vec<(String, String)> = Vec::new();
    let mut scripts: Vec<Id> = Vec::new();
    let mut times: Vec<Id> = Vec::new();
    let mut stated = Stated::default();
    for id in dom.descendants(Dom::ROOT) {
        let Some(tag) = dom.tag(id) else { continue };
        match &**tag {
            "meta" => {
                let name = ["property", "name", "itemprop"].into_iter().find_map(|a| dom.attribute(id, a));
                if let (Some(name), Some(content)) = (name, dom.attribute(id, "content"))
                    && !content.trim().is_empty()
                    && content.len() < 2_000
                    && metas.len() < 2_000
                {
                    metas.push((name.trim().to_ascii_lowercase(), collapse(content)));
                }
            }
            "link"
                if stated.canonical.is_none()
                    && dom.attribute(id, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                stated.canonical = dom.attribute(id, "href").map(|href| href.trim().to_owned());
            }
            "html" => {
                stated.language = ["lang", "xml:lang"]
                    .into_iter()
                    .find_map(|a| dom.attribute(id, a))
                    .map(|tag| tag.trim().to_owned());
            }
            "title" if stated.head_title.is_none() => {
                stated.head_title = Some(dom.text(id, 1_000)).filter(|title| !title.is_empty());
            }
            "script"
                if dom.attribute(id, "type").is_some_and(|kind| {
                    kind.trim().to_ascii_lowercase().starts_with("application/ld+json")
                }) =>
            {
                scripts.push(id);
            }
            "time" | "span" | "abbr" | "div" | "p"
                if dom.attribute(id, "itemprop").is_some() || *tag == local_name!("time") =>
            {
                times.push(id);
            }
            _ => {}
        }
    }
    let meta = |names: &[&str]| -> Vec<&str> {
        let all = names.iter().flat_map(|name| metas.iter().filter(move |(meta, _)| meta == name));
        all.map(|(_, content)| content.as_str()).collect()
    };
    stated.canonical = stated
        .canonical
        .take()
        .filter(|address| !address.is_empty())
        .or_else(|| meta(&["og:url"]).first().map(|address| (*address).to_owned()));

    let linked = linked_data(dom, &scripts);
    let main = main_article(&linked, &stated, &meta(TITLES));
    let titles = meta(TITLES);
    stated.titles.extend(main.and_then(|article| text_of(article, "headline")));
    stated.titles.extend(titles.iter().map(|title| (*title).to_owned()));
    stated.outlets.extend(meta(OUTLETS).iter().map(|outlet| (*outlet).to_owned()));
    stated.outlets.extend(main.and_then(|article| names(&article["publisher"]).into_iter().next()));
    stated.authors = main.map(|article| names(&article["author"])).unwrap_or_default();
    if stated.authors.is_empty() {
        let authors = meta(AUTHORS);
        let first = authors.iter().find(|author| !author.contains("://") && !author.contains('@'));
        stated.authors.extend(first.map(|author| (*author).to_owned()));
    }
    stated.live = linked.iter().any(|object| types(object).any(|kind| kind == "LiveBlogPosting"));
    if stated.language.as_deref().is_none_or(str::is_empty) {
        let declared = meta(&["og:locale", "content-language", "language", "dc.language", "inlanguage"]);
        stated.language = declared.first().map(|tag| (*tag).to_owned());
    }

    let dated = |text: &str| dates::parse(text).map(|moment| (moment, text.to_owned()));
    let linked_date =
        |field: &str| main.and_then(|article| text_of(article, field)).and_then(|text| dated(&text));
    stated.published = linked_date("datePublished")
        .or_else(|| meta(PUBLISHED).into_iter().find_map(dated))
        .or_else(|| linked_date("dateCreated"))
        .or_else(|| times.iter().find_map(|id| time_element(dom, *id, "datepublished")));
    stated.updated = linked_date("dateModified")
        .or_else(|| meta(UPDATED).into_iter().find_map(dated))
        .or_else(|| times.iter().find_map(|id| time_element(dom, *id, "datemodified")));
    stated
}

/// The date of an element that is marked as the page's own (`itemprop`, or `<time pubdate>`).
fn time_element(dom: &Dom, id: Id, property: &str) -> Option<(Moment, String)> {
    let named = dom.attribute(id, "itemprop").is_some_and(|p| p.eq_ignore_ascii_case(property))
        || property == "datepublished" && dom.attribute(id, "pubdate").is_some();
    // A list of other stories marks theirs in the same way.
    if !named || dom.upwards(id).any(|up| is_aside(dom, up)) {
        return None;
    }
    let text = match dom.attribute(id, "datetime").or_else(|| dom.attribute(id, "content")) {
        Some(value) => value.trim().to_owned(),
        None => dom.text(id, 200),
    };
    dates::parse(&text).map(|moment| (moment, text))
}

/// Whether an element holds things beside the article.
pub(crate) fn is_aside(dom: &Dom, id: Id) -> bool {
    dom.tag(id).is_some_and(|tag| matches!(&**tag, "aside" | "nav" | "footer" | "li"))
}

/// Every JSON-LD object, outer before inner.
fn linked_data(dom: &Dom, scripts: &[Id]) -> Vec<Value> {
    let mut objects = Vec::new();
    for script in scripts {
        let Some(Data::Text(text)) = dom.first_child(*script).map(|child| dom.data(child)) else { continue };
        if text.len() > MOST_JSON {
            continue;
        }
        // Line breaks inside strings, comment marks around the whole and a last semicolon are common.
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let clean = clean.trim();
        let clean = clean.strip_prefix("<!--").unwrap_or(clean);
        let clean = clean.strip_prefix("//<![CDATA[").or(clean.strip_prefix("<![CDATA[")).unwrap_or(clean);
        let clean = clean.trim_end_matches([';', ' ']);
        let clean = clean.strip_suffix("-->").unwrap_or(clean).trim_end();
        let clean = clean.strip_suffix("//]]>").or(clean.strip_suffix("]]>")).unwrap_or(clean);
        // The parser bounds how deep values nest.
        let Some(Ok(value)) = serde_json::Deserializer::from_str(clean).into_iter::<Value>().next() else {
            continue;
        };
        let mut queue = std::collections::VecDeque::from([value]);
        while let Some(value) = queue.pop_front() {
            match value {
                Value::Array(values) => queue.extend(values),
                Value::Object(mut object) => {
                    for inner in ["@graph", "mainEntity", "mainEntityOfPage"] {
                        if object.get(inner).is_some_and(|v| v.is_array() || v.is_object()) {
                            queue.extend(object.get(inner).cloned());
                        }
                    }
                    object.remove("@graph");
                    objects.push(Value::Object(object));
                }
                _ => {}
            }
            if objects.len() >= MOST_OBJECTS {
                return objects;
            }
        }
    }
    objects
}

fn types(object: &Value) -> impl Iterator<Item = &str> {
    let kind = &object["@type"];
    let many = kind.as_array().map(Vec::as_slice).unwrap_or_default();
    kind.as_str().into_iter().chain(many.iter().filter_map(Value::as_str))
}

/// The object that describes this page's article.
fn main_article<'v>(objects: &'v [Value], stated: &Stated, titles: &[&str]) -> Option<&'v Value> {
    let rank = |object: &Value| {
        types(object)
            .map(|kind| {
                let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
                if kind.ends_with("Article")
                    || kind.ends_with("BlogPosting")
                    || kind == "Report"
                    || kind == "Review"
                {
                    3
                } else if kind == "WebPage"
                    || kind == "ItemPage"
                    || kind.ends_with("Object")
                    || kind == "Recipe"
                {
                    1
                } else {
                    0
                }
            })
            .max()
            .unwrap_or(0)
    };
    let same_title = |object: &Value| {
        let headline = text_of(object, "headline").or_else(|| text_of(object, "name"));
        headline.is_some_and(|headline| {
            let head = stated.head_title.as_deref().into_iter();
            titles.iter().copied().chain(head).any(|title| alike(title, &headline))
        })
    };
    let described = objects.iter().filter(|object| rank(object) > 0);
    // Pages that list other stories describe each; the one with this page's title, or else the first, is meant.
    let mut best: Option<(&Value, (bool, i32))> = None;
    for object in described {
        let score = (rank(object) > 1 && same_title(object), rank(object));
        if best.as_ref().is_none_or(|(_, other)| score > *other) {
            best = Some((object, score));
        }
    }
    best.map(|(object, _)| object)
}

/// Whether one of two titles holds nearly all the words of the other.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.take(100).map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let shared = short.iter().filter(|word| long.contains(word)).count();
    !short.is_empty() && shared * 5 >= short.len() * 4 && short.len() * 3 >= long.len()
}

fn text_of(object: &Value, field: &str) -> Option<String> {
    let value = match &object[field] {
        Value::Array(values) => values.first()?.as_str()?,
        value => value.as_str()?,
    };
    let text = collapse(&entities(value));
    (!text.is_empty()).then_some(text)
}

/// The names of a person, an organisation or several.
fn names(value: &Value) -> Vec<String> {
    let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let mut names = Vec::new();
    for value in values.iter().take(50) {
        let name = value.as_str().map(|name| collapse(&entities(name))).or_else(|| text_of(value, "name"));
        if let Some(name) = name
            && !name.is_empty()
            && !name.contains("://")
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

/// JSON-LD often carries the entities of the HTML around it.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    const NAMED: &[(&str, &str)] = &[
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&rdquo;", "”"),
        ("&ldquo;", "“"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&#8211;", "–"),
        ("&#8212;", "—"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let mut text = text.to_owned();
    for (entity, character) in NAMED {
        text = text.replace(entity, character);
    }
    text
}

/// White space as single spaces, none at the ends.
pub(crate) fn collapse(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}
