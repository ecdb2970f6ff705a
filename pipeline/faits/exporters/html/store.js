// Gives the data: facts, articles and problems at once, the articles' texts when one is first opened.

const data = { of: { facts: 0 }, facts: [], articles: [], problems: [], byId: new Map(), article: new Map(), parties: new Map(), carried: 'sentences' };

// The rows of a block, in portions: unpacked and read as they come, so that nothing is held twice.
async function* unpack(id) {
  const lines = unpacked($(id).textContent.trim()).pipeThrough(new DecompressionStream('deflate-raw')).pipeThrough(new TextDecoderStream());
  let rest = '';
  for await (const text of portions(lines)) {
    const end = text.lastIndexOf('\n');
    if (end >= 0) yield (rest + text.slice(0, end)).split('\n').map((line) => JSON.parse(line));
    rest = end < 0 ? rest + text : text.slice(end + 1);
  }
}

// Base64 stands for three bytes in each four letters.
function unpacked(letters) {
  const portion = 1 << 18;
  let from = 0;
  return new ReadableStream({
    pull(to) {
      const binary = atob(letters.slice(from, from += portion));
      const bytes = new Uint8Array(binary.length);
      for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
      to.enqueue(bytes);
      if (from >= letters.length) to.close();
    },
  });
}

// Not every browser that unpacks can walk through a stream by itself.
async function* portions(stream) {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

async function rowsOf(id) {
  const rows = [];
  for await (const some of unpack(id)) for (const row of some) rows.push(row);
  return rows;
}

// Fills `data`. A fact in the page is its row, and what the page works out once about it.
async function prepare() {
  const [head] = await rowsOf('data-head');
  Object.assign(data, { carried: head.carried, title: head.title, run: head.run, of: head.of, found: head.found, asked: head.search });
  ui.words = head.words;
  data.articles = await rowsOf('data-articles');
  data.problems = await rowsOf('data-problems');
  data.article = new Map(data.articles.map((row) => [row.id, row]));
  for await (const some of unpack('data-facts')) for (const row of some) data.facts.push({ row, i: data.facts.length, hay: null });
  data.measured = data.facts.some(({ row }) => row.confidence !== undefined);
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
  if (!texts) texts = rowsOf('data-texts').then((rows) => new Map(rows));
  return (await texts).get(article) || null;
}

// Offsets count code points; a string of this page counts UTF-16 units.
function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => Math.min(point, text.length);
  const units = [0];
  for (const char of text) units.push(units[units.length - 1] + char.length);
  return (point) => units[Math.min(point, units.length - 1)];
}
