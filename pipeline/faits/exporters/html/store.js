// Gives the data: the facts at once, the articles' texts when one is first opened.

const data = { facts: [], articles: [], problems: [], byId: new Map(), article: new Map(), parties: new Map(), carried: 'sentences' };

async function unpack(id) {
  const packed = atob($(id).textContent);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

// A fact in the page: its row, and what the page works out once about it.
function prepare(packed) {
  Object.assign(data, { articles: packed.articles, problems: packed.problems, carried: packed.carried, title: packed.title, run: packed.run });
  ui.words = packed.words;
  data.article = new Map(packed.articles.map((row) => [row.id, row]));
  data.measured = packed.facts.some((row) => row.confidence !== undefined);
  data.facts = packed.facts.map((row, i) => ({ row, i, hay: null }));
  data.byId = new Map(data.facts.map((fact) => [fact.row.id, fact]));
  for (const { row } of data.facts) {
    for (const party of [row.subject, row.object]) {
      if (party && !data.parties.has(partyKey(party))) data.parties.set(partyKey(party), party);
    }
  }
}

const partyKey = (party) => party.id || `~${party.name}`;

const statement = (fact) => typeset(tame(fact.row.statement[ui.lang]));
const written = (fact) => (fact.row.written ? typeset(tame(fact.row.written[at()])) : '');
const when = (fact) => (fact.row.when && fact.row.when[at()] ? upper(typeset(tame(fact.row.when[at()]))) : '');
const articlesOf = (fact) => [...new Set(fact.row.evidence.map((proof) => proof.article))];
const titleOf = (id) => { const row = data.article.get(id); return tame((row && row.title) || id); };
const yearOf = (fact) => { const time = fact.row.time; return time ? Number((time.earliest || time.latest || '').slice(0, 4)) || null : null; };

// A field as a person reads it: what the page was given in words, else a name, a label, the thing itself.
function shownField(field, value, inWords) {
  if (inWords) return typeset(tame(inWords[at()] || t('nothing_said')));
  if (value === null || value === undefined) return t('nothing_said');
  if (field === 'modality' || field === 'predicate') return named(field, value);
  if (typeof value === 'object') return tame(value.name || value.edtf || JSON.stringify(value));
  return tame(value);
}

// --- searching

// All that a search looks in, folded; made before the first rows, in idle moments where the facts are very many.
function haystack(fact) {
  if (fact.hay === null) {
    const { row } = fact;
    let own = `${row.statement.fr} ${row.statement.en} ${row.id}`;
    row.evidence.forEach((proof, i) => { if (row.evidence.findIndex((one) => one.sentence === proof.sentence) === i) own += ` ${proof.sentence}`; });
    let hay = fold(own);
    for (const party of [row.subject, row.object]) {
      if (party) hay += ` ${foldOnce(party.name)}`;
      if (party && party.aliases) for (const alias of party.aliases) hay += ` ${foldOnce(alias)}`;
    }
    if (row.attribution) hay += ` ${foldOnce(row.attribution)}`;
    for (const label of ui.words[`predicate.${row.predicate}`] || [row.predicate]) hay += ` ${foldOnce(label)}`;
    for (const id of articlesOf(fact)) hay += ` ${foldArticle(id)}`;
    fact.hay = hay;
  }
  return fact.hay;
}

// What many facts share is folded once.
const foldedOnce = new Map();

function foldOnce(text) {
  let known = foldedOnce.get(text);
  if (known === undefined) foldedOnce.set(text, known = fold(text));
  return known;
}

function foldArticle(id) {
  const article = data.article.get(id) || {};
  if (article.folded === undefined) article.folded = fold([id, article.title, article.publisher].filter(Boolean).join(' '));
  return article.folded;
}

function foldInIdleMoments(from = 0) {
  const idle = window.requestIdleCallback || ((run) => setTimeout(() => run({ timeRemaining: () => 8 }), 4));
  idle((deadline) => {
    let i = from;
    while (i < data.facts.length && (deadline.timeRemaining() > 1 || i === from)) {
      for (const stop = Math.min(i + 50, data.facts.length); i < stop; i++) haystack(data.facts[i]);
    }
    if (i < data.facts.length) foldInIdleMoments(i);
    else {
      warmUp();
      document.documentElement.dataset.folded = 'yes';
    }
  });
}

// --- texts

let texts = null;

// The pieces of an article's source text, each with the code point it starts at; null where the page has none.
async function piecesOf(article) {
  if (data.carried === 'sentences') return null;
  if (!texts) texts = unpack('data-texts').then((packed) => packed.texts);
  return (await texts)[article] || null;
}

// Offsets count code points; a string of this page counts UTF-16 units.
function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => Math.min(point, text.length);
  const units = [0];
  for (const char of text) units.push(units[units.length - 1] + char.length);
  return (point) => units[Math.min(point, units.length - 1)];
}
