// Gives which facts are shown, in which order, and how many each filter would leave.

const sorts = {
  fact: (a, b) => compare(a.row.subject.name, b.row.subject.name) || compare(a.row.predicate, b.row.predicate),
  value: (a, b) => compare(kindOf(a), kindOf(b)) || compare(unitOf(a), unitOf(b)) || sizeOf(b) - sizeOf(a),
  time: (a, b) => compare(dayOf(a), dayOf(b)),
  articles: (a, b) => b.row.articles - a.row.articles || b.row.mentions - a.row.mentions,
  confidence: (a, b) => (b.row.confidence ?? -1) - (a.row.confidence ?? -1),
};
const collator = new Intl.Collator(['fr', 'en'], { sensitivity: 'base', numeric: true });
const compare = (a, b) => (a === b ? 0 : typeof a === 'string' && typeof b === 'string' ? collator.compare(a, b) : a < b ? -1 : 1);
const kindOf = (fact) => (fact.row.value ? fact.row.value.kind : '\uffff');
const unitOf = (fact) => (fact.row.value ? fact.row.value.unit : '');
const sizeOf = (fact) => { const v = fact.row.value; return v ? v.number ?? v.high ?? v.low ?? -Infinity : -Infinity; };
const dayOf = (fact) => { const time = fact.row.time; return (time && (time.earliest || time.latest)) || '\uffff'; };

// One way to narrow the table: which keys a fact falls under, and how a key is called.
const facets = [
  { name: 'predicate', keys: (f) => [f.row.predicate], label: (key) => named('predicate', key) },
  { name: 'entity', keys: entityKeys, label: (key) => tame((data.parties.get(key) || { name: key }).name), long: true },
  { name: 'article', keys: articlesOf, label: titleOf, long: true },
  { name: 'modality', keys: (f) => [f.row.modality], label: (key) => named('modality', key), order: ['asserted', 'planned', 'conditional', 'negated'] },
  { name: 'accord', keys: accordKeys, label: (key) => t(`accord_${key}`), order: ['conflict', 'disagreement', 'several', 'one'] },
  { name: 'kind', keys: (f) => [f.row.value ? f.row.value.kind : 'none'], label: (key) => named('kind', key) },
  { name: 'year', keys: (f) => (yearOf(f) ? [String(yearOf(f))] : []), label: (key) => key, order: 'key', long: true },
  { name: 'confidence', keys: (f) => [confidenceKey(f.row.confidence)], label: (key) => t(`confidence_${key}`), order: ['high', 'good', 'low', 'none'] },
  { name: 'review', keys: (f) => [reviewKey(f)], label: (key) => t(`review_${key}`), order: ['right', 'wrong', 'changed', 'confirmed', 'corrected', 'none'], live: true },
];

function entityKeys(fact) {
  const { subject, object } = fact.row;
  return object && object.id && object.id !== subject.id ? [partyKey(subject), object.id] : [partyKey(subject)];
}

function accordKeys(fact) {
  const { conflicts, disagreements, articles } = fact.row;
  const keys = [articles > 1 ? 'several' : 'one'];
  if (conflicts && conflicts.length) keys.push('conflict');
  if (disagreements && disagreements.length) keys.push('disagreement');
  return keys;
}

const confidenceKey = (c) => (c === null || c === undefined ? 'none' : c >= 0.9 ? 'high' : c >= 0.7 ? 'good' : 'low');
const reviewKey = (fact) => markOf(fact.row.id) || fact.row.review || 'none';

// What the reader has asked for.
const query = { text: '', sort: 'articles', down: false, both: null, chosen: Object.fromEntries(facets.map((f) => [f.name, new Set()])) };
const found = { rows: [], needles: [] };

// Keys become numbers once, in the order they are listed in, and those of all facts lie in one array (`under`; fact i has
// those from starts[i] on): counting is cheap at each keystroke.
function indexFacet(facet) {
  const place = (key) => (Array.isArray(facet.order) ? facet.order.indexOf(key) : 0);
  const keys = data.facts.map((fact) => facet.keys(fact));
  // Thousands of entities: plain comparison, no collation.
  facet.values = [...new Set(keys.flat())].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  facet.numbers = new Map(facet.values.map((key, n) => [key, n]));
  facet.under = Int32Array.from(keys.flat(), (key) => facet.numbers.get(key));
  facet.starts = new Int32Array(keys.length + 1);
  keys.forEach((some, i) => { facet.starts[i + 1] = facet.starts[i] + some.length; });
  facet.counts = new Int32Array(facet.values.length);
}

const indexFacets = () => facets.forEach(indexFacet);

// A review made in this page changes one facet of one fact.
const refreshReview = () => indexFacet(facets.find((facet) => facet.live));

function isUnder(facet, fact, numbers) {
  for (let k = facet.starts[fact.i]; k < facet.starts[fact.i + 1]; k++) if (numbers.has(facet.under[k])) return true;
  return false;
}

function countIn(facet, rows) {
  const { starts, under, counts } = facet;
  for (const { i } of rows) for (let k = starts[i]; k < starts[i + 1]; k++) counts[under[k]]++;
}

const orders = new Map();
function order(sort, down) {
  const key = `${sort} ${down}`;
  if (!orders.has(key)) {
    const rows = [...data.facts].sort((a, b) => sorts[sort](a, b) || a.i - b.i);
    // What has no date, value or confidence stays last either way.
    orders.set(key, down ? [...rows.filter(has[sort] || (() => true)).reverse(), ...rows.filter((f) => has[sort] && !has[sort](f))] : rows);
  }
  return orders.get(key);
}
const has = { value: (f) => f.row.value, time: (f) => dayOf(f) !== '\uffff', confidence: (f) => f.row.confidence !== undefined };

const needlesIn = (text) => (fold(text).match(/"[^"]+"|\S+/g) || []).map((word) => word.replace(/"/g, '').trim()).filter(Boolean);

// Fills `found`, and counts for each filter what it would leave with the others as they are.
function search() {
  found.needles = needlesIn(query.text);
  const chosen = facets.map((facet) => {
    const numbers = [...query.chosen[facet.name]].map((key) => facet.numbers.get(key));
    return numbers.length ? new Set(numbers) : null;
  });
  found.rows = [];
  // The facts that one filter alone keeps out: choosing more in it would let them in.
  const keptOut = facets.map(() => []);
  for (const fact of order(query.sort, query.down)) {
    if (query.both && !query.both.every((id) => fact.row.evidence.some((proof) => proof.article === id))) continue;
    if (found.needles.length) { const hay = haystack(fact); if (!found.needles.every((needle) => hay.includes(needle))) continue; }
    let failing = -1;
    let failed = 0;
    for (let k = 0; k < facets.length && failed < 2; k++) {
      if (chosen[k] && !isUnder(facets[k], fact, chosen[k])) { failing = k; failed++; }
    }
    if (failed === 0) found.rows.push(fact);
    else if (failed === 1) keptOut[failing].push(fact);
  }
  facets.forEach((facet, k) => {
    facet.counts.fill(0);
    countIn(facet, found.rows);
    countIn(facet, keptOut[k]);
  });
}

// A browser compiles what it runs at its first run: better now, in an idle moment, than at the first letter typed.
function warmUp() {
  const { text } = query;
  query.text = `${text} e`;
  search();
  query.text = text;
  search();
}

const isFiltered = () => Boolean(query.text.trim() || query.both || facets.some((facet) => query.chosen[facet.name].size));

function clearFilters() {
  query.text = '';
  query.both = null;
  for (const facet of facets) query.chosen[facet.name].clear();
}

// --- the address of what is shown

function toAddress() {
  const pairs = [];
  if (query.text) pairs.push(['q', query.text]);
  for (const facet of facets) for (const key of query.chosen[facet.name]) pairs.push([facet.name, key]);
  if (query.both) for (const id of query.both) pairs.push(['both', id]);
  if (query.sort !== 'articles' || query.down) pairs.push(['sort', (query.down ? '-' : '') + query.sort]);
  return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}

function fromAddress(text) {
  const asked = new URLSearchParams(text);
  clearFilters();
  query.text = asked.get('q') || '';
  for (const facet of facets) for (const key of asked.getAll(facet.name)) if (facet.numbers.has(key)) query.chosen[facet.name].add(key);
  query.both = asked.getAll('both').length === 2 ? asked.getAll('both') : null;
  const sort = asked.get('sort') || 'articles';
  query.down = sort.startsWith('-');
  query.sort = sort.replace('-', '') in sorts ? sort.replace('-', '') : 'articles';
}
