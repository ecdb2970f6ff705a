// Gives the reader's own marks, and the file that carries them into the next table (`faits review apply`).

// How much of what stands around a quote is kept with it, in code points; as the pipeline keeps it.
const CONTEXT = 32;

// Each: {id, correction}; the correction is one line of corrections.jsonl.
const review = { notes: [], by: '', kept: true };

function loadReview() {
  review.key = `review.${data.facts.length}.${data.facts.length ? data.facts[0].row.id : ''}`;
  review.by = memory.get('by') || '';
  try { review.notes = JSON.parse(memory.get(review.key) || '[]'); } catch { review.notes = []; }
  if (!Array.isArray(review.notes)) review.notes = [];
}

const notesOn = (id) => review.notes.filter((note) => note.id === id);

// What the reader has said of a fact: right, wrong, changed, or null.
function markOf(id) {
  if (!review.notes.length) return null;
  const said = notesOn(id).map((note) => note.correction);
  if (said.some((one) => one.action === 'reject' && one.scope !== 'passage')) return 'wrong';
  if (said.some((one) => one.action === 'replace' || one.action === 'merge')) return 'changed';
  return said.some((one) => one.action === 'confirm') ? 'right' : null;
}

const sameNote = (a, b) => a.id === b.id && kindOfNote(a.correction) === kindOfNote(b.correction);
const kindOfNote = (one) =>
  one.action === 'confirm' || (one.action === 'reject' && one.scope !== 'passage') ? 'verdict'
    : one.action === 'reject' ? `passage ${one.quote.article} ${one.quote.prefix}${one.quote.exact}` : `field ${one.field || one.entity}`;

// Adds a note; the same note again takes it back, another of its kind takes its place.
function noted(id, correction) {
  const note = { id, correction };
  const before = review.notes.find((one) => sameNote(one, note));
  review.notes = review.notes.filter((one) => !sameNote(one, note));
  const takenBack = before && before.correction.action === correction.action && correction.action !== 'replace';
  if (!takenBack) review.notes.push(note);
  reviewed();
  say(takenBack ? t('undo') : t('marked', { what: described(correction) }));
}

function reviewed() {
  review.kept = memory.set(review.key, JSON.stringify(review.notes));
  refreshReview();
  drawTray();
  showFacts();
  drawPanel();
}

// --- the correction

async function anchored(fact, proof, rest) {
  const correction = { action: rest.action, quote: await quoteOf(proof), predicate: fact.row.predicate, fact: fact.row.id, ...rest };
  if (review.by) correction.by = review.by;
  return correction;
}

// The words of a proof and what stands around them, counted in code points.
async function quoteOf(proof) {
  const piece = pieceAt(await piecesOf(proof.article), proof);
  const [text, start] = piece ? [[...piece[1]], proof.start - piece[0]] : [[...proof.sentence], pointsBefore(proof.sentence, proof.quote)];
  const exact = [...proof.quote];
  if (start < 0) return { article: proof.article, exact: proof.quote, prefix: '', suffix: '' };
  const end = start + exact.length;
  return { article: proof.article, exact: proof.quote, prefix: text.slice(Math.max(0, start - CONTEXT), start).join(''), suffix: text.slice(end, end + CONTEXT).join('') };
}

const pointsBefore = (text, part) => { const i = text.indexOf(part); return i < 0 ? -1 : [...text.slice(0, i)].length; };

async function verdict(fact, action) {
  noted(fact.row.id, await anchored(fact, fact.row.evidence[opened.proof] || fact.row.evidence[0], { action }));
}

async function setAside(fact, proof) {
  noted(fact.row.id, await anchored(fact, proof, { action: 'reject', scope: 'passage' }));
}

const isSetAside = (fact, proof) => notesOn(fact.row.id).some(({ correction: one }) => one.scope === 'passage' && one.quote.article === proof.article && one.quote.exact === proof.quote);

function drawMarks(fact) {
  const mark = markOf(fact.row.id);
  const button = (name, action, now) => el('button', { type: 'button', class: `button mark-${name}`, id: `mark-${name}`, 'aria-pressed': String(now), click: action }, t(name));
  return el('div', { class: 'marks', role: 'group', 'aria-label': t('review') },
    button('right', () => verdict(fact, 'confirm'), mark === 'right'),
    button('wrong', () => verdict(fact, 'reject'), mark === 'wrong'),
    el('button', { type: 'button', class: 'button', id: 'mark-correct', 'aria-expanded': String(opened.correcting), click: () => { opened.correcting = !opened.correcting; drawPanel(); if (opened.correcting) $('correct-field').focus(); } }, t('correct')),
    data.carried === 'sentences' ? el('span', { class: 'quiet' }, t('no_place')) : null);
}

// --- the list of corrections

function described(one) {
  if (one.action === 'replace') return t('pair', { a: fieldName(one.field), b: shortly(one.field, one.value) });
  if (one.action === 'merge') return t('action_merge', { field: fieldName('subject'), value: tame(one.into.name) });
  return one.scope === 'passage' ? t('action_passage') : t(`action_${one.action}`);
}

function shortly(field, value) {
  if (value === null) return t('nothing_said');
  if (field === 'value') return exactly(value);
  return shownField(field, value);
}

const asLines = () => review.notes.map((note) => JSON.stringify(note.correction)).join('\n') + (review.notes.length ? '\n' : '');

function drawTray() {
  const n = review.notes.length;
  put($('review-count'), n ? num(n) : '');
  const list = review.notes.map((note) => {
    const fact = data.byId.get(note.id);
    return el('li', null, el('div', null, el('b', null, described(note.correction)), el('br'), fact ? el('a', { href: `#${note.id}`, click: () => $('tray').close() }, statement(fact)) : el('code', null, tame(note.id))),
      el('button', { type: 'button', class: 'link', 'aria-label': t('pair', { a: t('undo'), b: described(note.correction) }), click: () => { review.notes = review.notes.filter((one) => one !== note); reviewed(); } }, t('undo')));
  });
  const by = el('input', { id: 'by', value: review.by, autocomplete: 'name', change: (event) => { review.by = event.target.value.trim(); memory.set('by', review.by); } });
  const full = [
    el('ol', { class: 'notes' }, list),
    el('p', { class: 'form' }, el('label', { for: 'by' }, t('by')), by),
    el('p', null, typesetCommand()),
    el('p', { class: 'quiet' }, t(review.kept ? 'tray_kept' : 'tray_lost')),
    el('div', { class: 'marks' }, el('button', { type: 'button', class: 'button is-main', id: 'save', click: save }, t('save')), el('button', { type: 'button', class: 'button', click: copyLines }, t('copy_lines')), el('button', { type: 'button', class: 'link', click: () => { review.notes = []; reviewed(); } }, t('clear'))),
  ];
  put($('tray'), el('div', { class: 'panel-bar' }, el('h2', { id: 'tray-title' }, t('tray_title')), el('button', { type: 'button', class: 'tool panel-close', click: () => $('tray').close() }, t('close'))), n ? full : el('p', { class: 'note' }, t('tray_empty')));
  $('tray').setAttribute('aria-labelledby', 'tray-title');
}

function typesetCommand() {
  const [before, after] = t('tray_hint', { command: '\u0000' }).split('\u0000');
  return [before, el('code', null, 'faits review apply corrections.jsonl'), after];
}

function save() {
  const address = URL.createObjectURL(new Blob([asLines()], { type: 'application/x-ndjson' }));
  el('a', { href: address, download: 'corrections.jsonl' }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

async function copyLines(event) {
  try { await navigator.clipboard.writeText(asLines()); } catch { return; }
  event.target.textContent = t('copied');
}
