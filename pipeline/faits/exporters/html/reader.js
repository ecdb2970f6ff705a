// Gives an article in its own words, with places marked and what was left out in grey.

// `marks` are {start, end, kind, fact?} in code points of the source text; kinds: sentence, quote, fact.
async function drawArticle(id, marks) {
  const article = data.article.get(id);
  const pieces = await piecesOf(id);
  if (!pieces) return el('p', { class: 'note' }, t('no_text'));
  const removed = article ? article.removed : [];
  const shown = pieces.map(([from, text]) => drawPiece(from, text, marks, removed));
  const gaps = shown.flatMap((piece, i) => (i ? [el('p', { class: 'gap', 'aria-hidden': 'true' }, '[…]'), piece] : [piece]));
  const note = data.carried === 'around' ? el('p', { class: 'note' }, t('around_text')) : null;
  return el('div', { class: 'article', lang: article ? article.lang : null, dir: 'auto' }, note, gaps);
}

function drawPiece(from, text, marks, removed) {
  const units = unitsOf(text);
  const length = text.length;
  const here = (span) => ({ ...span, start: units(Math.max(0, span.start - from)), end: units(Math.max(0, span.end - from)) });
  const inside = (span) => span.start < span.end && span.start < length;
  const places = marks.map(here).filter(inside);
  const left = removed.map(here).filter(inside);
  const cuts = [...new Set([0, length, ...[...places, ...left].flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  const box = el('div', { class: 'text' });
  let open = null;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [start, end] = [cuts[i], cuts[i + 1]];
    const gone = left.find((span) => span.start <= start && end <= span.end);
    const on = places.filter((span) => span.start <= start && end <= span.end);
    if (gone && (!open || open.gone !== gone)) {
      const why = [named('removed', gone.kind), gone.reason].filter(Boolean).map(tame).join(' – ');
      open = { gone, node: el('span', { class: 'removed', title: t('pair', { a: t('removed'), b: why }) }, el('span', { class: 'removed-kind' }, why)) };
      box.append(open.node);
    } else if (!gone) open = null;
    (open ? open.node : box).append(drawSegment(text.slice(start, end), on));
  }
  return box;
}

function drawSegment(text, on) {
  const parts = quoted(text);
  if (!on.length) return el('span', null, parts);
  const kinds = new Set(on.map((span) => span.kind));
  const fact = on.filter((span) => span.fact).sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  if (fact) return el('a', { class: 'said', href: `#${fact.fact}`, title: statement(data.byId.get(fact.fact)) }, parts);
  return el('mark', { class: [...kinds].map((kind) => `mark-${kind}`).join(' ') }, parts);
}

// Where a proof stands: the words themselves, and the sentence around them where the page has the text.
async function placesOf(proof) {
  const quote = { start: proof.start, end: proof.end, kind: 'quote' };
  const piece = pieceAt(await piecesOf(proof.article), proof);
  if (!piece) return [quote];
  const [from, text] = piece;
  const units = unitsOf(text);
  const start = text.lastIndexOf(proof.sentence, units(proof.start - from));
  if (start < 0 || start + proof.sentence.length < units(proof.end - from)) return [quote];
  const points = (unit) => from + [...text.slice(0, unit)].length;
  return [{ start: points(start), end: points(start + proof.sentence.length), kind: 'sentence' }, quote];
}

const pieceAt = (pieces, proof) => pieces && pieces.find(([from, text]) => from <= proof.start && proof.end - from <= text.length);

// The head of an article: title, who published it and when, what it copies.
function drawHeadOf(id, level = 'h3') {
  const article = data.article.get(id);
  if (!article) return el(level, null, bdi(id));
  const about = [
    article.publisher && bdi(article.publisher),
    article.published ? el('time', { datetime: article.published }, date(article.published)) : t('undated'),
    article.near_duplicate_of && el('span', { class: 'tag' }, t('copy_of', { what: titleOf(article.near_duplicate_of) })),
    isWeb(article.url) && el('a', { href: article.url, rel: 'noopener noreferrer', target: '_blank' }, t('open_page')),
  ].filter(Boolean);
  return el('div', { class: 'article-head' }, el(level, { lang: article.lang }, bdi(article.title || id)), el('p', { class: 'under' }, about.flatMap((part, i) => (i ? [' · ', part] : [part]))));
}
