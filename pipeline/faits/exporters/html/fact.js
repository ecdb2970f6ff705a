// Gives the panel of one fact: what it says, what it rests on, and the article it stands in.

const opened = { id: null, proof: 0, correcting: false, drawn: 0 };

function openFact(id) {
  const fact = data.byId.get(id);
  opened.id = id;
  opened.proof = 0;
  opened.correcting = false;
  document.body.classList.add('has-panel');
  const panel = $('panel');
  panel.hidden = false;
  if (!fact) {
    put(panel, panelBar(null), el('p', { class: 'note' }, t('no_such_fact', { id: tame(id) })));
    return;
  }
  const place = found.rows.indexOf(fact);
  if (place >= 0) moveTo(place);
  drawPanel();
  panel.scrollTop = 0;
}

function closePanel() {
  const { id } = opened;
  opened.id = null;
  document.body.classList.remove('has-panel');
  $('panel').hidden = true;
  put($('panel'));
  if (id) drawRows(true);
}

function drawPanel() {
  const fact = data.byId.get(opened.id);
  if (!fact) return;
  const panel = $('panel');
  panel.setAttribute('aria-label', statement(fact));
  const reading = el('div', { class: 'reading', id: 'reading' });
  put(panel, panelBar(fact), el('div', { class: 'panel-body' },
    el('p', { class: 'under' }, under(fact)),
    el('h2', { class: 'statement', tabindex: '-1', id: 'panel-title' }, statement(fact)),
    drawMarks(fact),
    opened.correcting ? drawCorrecting(fact) : null,
    drawReadings(fact),
    drawLinks(fact, 'conflicts', 'conflicts_with'),
    drawLinks(fact, 'updates', 'updates_to'),
    el('h3', { class: 'rule' }, t('evidence'), el('span', { class: 'quiet' }, ` ${t('n_passages', { n: fact.row.mentions })}`)),
    el('ol', { class: 'proofs' }, fact.row.evidence.map((proof, i) => drawProof(fact, proof, i))),
    reading,
    drawFields(fact)));
  drawReading(fact, reading);
}

function panelBar(fact) {
  const place = fact ? found.rows.indexOf(fact) : -1;
  const step = (to, label, sign) => el('button', { type: 'button', class: 'tool', 'aria-label': t(label), disabled: !found.rows[to] || place < 0, click: () => go(found.rows[to].row.id) }, sign);
  return el('div', { class: 'panel-bar' },
    step(place - 1, 'previous', '↑'), step(place + 1, 'next', '↓'),
    fact && el('button', { type: 'button', class: 'tool', click: copyLink }, t('copy_link')),
    el('button', { type: 'button', class: 'tool panel-close', id: 'panel-close', click: () => go(page.facts) }, t('close')));
}

async function copyLink(event) {
  try { await navigator.clipboard.writeText(location.href); } catch { return; }
  event.target.textContent = t('copied');
  say(t('copied'));
}

// --- what it rests on

function drawProof(fact, proof, i) {
  const on = i === opened.proof;
  const choose = () => { opened.proof = i; drawPanel(); $(`proof-${i}`).focus(); };
  const article = data.article.get(proof.article);
  const head = el('button', { type: 'button', class: 'proof-head', id: `proof-${i}`, 'aria-pressed': String(on), click: choose },
    el('span', { class: 'proof-title' }, bdi(titleOf(proof.article))),
    el('span', { class: 'quiet' }, proof.published ? date(proof.published) : t('undated')));
  const said = el('blockquote', { lang: article ? article.lang : null, dir: 'auto' }, sentenceOf(proof));
  const other = Object.entries(proof.stated || {}).map(([field, value]) =>
    el('p', { class: 'note' }, `${t('says_instead')} – `, el('b', null, t('pair', { a: fieldName(field), b: shownField(field, value, (proof.in_words || {})[field]) }))));
  const several = fact.row.evidence.length > 1;
  const aside = several && el('button', { type: 'button', class: 'link', 'aria-pressed': String(isSetAside(fact, proof)), click: () => setAside(fact, proof) }, t('not_here'));
  return el('li', { class: `proof${on ? ' is-on' : ''}${isSetAside(fact, proof) ? ' is-wrong' : ''}` }, head, said, other, aside);
}

// The sentence with the words of the proof marked.
function sentenceOf(proof) {
  const start = proof.sentence.indexOf(proof.quote);
  if (start < 0) return quoted(proof.sentence);
  const end = start + proof.quote.length;
  return [...quoted(proof.sentence.slice(0, start)), el('mark', { class: 'mark-quote' }, quoted(proof.quote)), ...quoted(proof.sentence.slice(end))];
}

async function drawReading(fact, box) {
  const proof = fact.row.evidence[opened.proof];
  const drawing = ++opened.drawn;
  if (!proof) return;
  const text = await drawArticle(proof.article, await placesOf(proof));
  if (drawing !== opened.drawn) return;
  put(box, el('h3', { class: 'rule' }, t('in_article')), drawHeadOf(proof.article, 'h4'), text);
  box.dataset.ready = proof.article;
}

function drawReadings(fact) {
  const said = fact.row.disagreements || [];
  if (!said.length) return null;
  return el('section', { class: 'readings' }, el('h3', { class: 'rule' }, t('readings')), said.map((one) => drawDisagreement(fact, one)));
}

function drawDisagreement(fact, one) {
  return el('div', { class: 'disagreement' }, el('h4', null, fieldName(one.field)), el('div', { class: 'sides' }, one.readings.map((reading) =>
    el('div', { class: 'side' }, el('p', { class: 'side-value' }, shownField(one.field, reading.value, reading.in_words)),
      el('ul', { class: 'plain quiet' }, reading.evidence.map((i) => fact.row.evidence[i]).filter(Boolean).map((proof) =>
        el('li', null, bdi(titleOf(proof.article)), proof.published ? `, ${date(proof.published)}` : '')))))));
}

function drawLinks(fact, field, label) {
  const ids = fact.row[field] || [];
  const others = ids.map((id) => data.byId.get(id)).filter(Boolean);
  if (!ids.length) return null;
  return el('section', null, el('h3', { class: 'rule' }, t(label)), el('ul', { class: 'plain links' }, others.map((other) => el('li', null, el('a', { href: `#${other.row.id}` }, statement(other))))),
    ids.length > others.length ? el('p', { class: 'quiet' }, t('elsewhere', { n: ids.length - others.length })) : null);
}

// --- its fields

const fieldName = (field) => (ui.words[`field_${field}`] ? t(`field_${field}`) : field);

function drawFields(fact) {
  const { row } = fact;
  const party = (one) => [bdi(one.name), one.type ? el('span', { class: 'quiet' }, ` ${named('type', one.type)}`) : null, one.aliases && one.aliases.length ? el('span', { class: 'quiet' }, ` (${tame(one.aliases.join(', '))})`) : null];
  const rows = [
    ['predicate', named('predicate', row.predicate)],
    ['subject', party(row.subject)],
    ['object', row.object && party(row.object)],
    ['value', row.value && [written(fact), el('span', { class: 'quiet' }, ` ${exactly(row.value)}`)]],
    ['stated', row.value && row.value.stated && statedAs(row.value.stated)],
    ['time', row.time && [when(fact), el('span', { class: 'quiet' }, ` ${row.time.edtf || ''}`)]],
    ['modality', named('modality', row.modality)],
    ['attribution', row.attribution && bdi(row.attribution)],
    ['confidence', row.confidence !== undefined && num(row.confidence, { style: 'percent' })],
    ['id', el('code', null, row.id)],
  ].filter(([, shown]) => shown);
  return el('details', { class: 'fields', open: true }, el('summary', null, t('fields')), el('dl', null, rows.flatMap(([name, shown]) => [el('dt', null, fieldName(name)), el('dd', null, shown)])));
}

const plainNumber = (n) => (Math.abs(n) >= 1e15 || (n !== 0 && Math.abs(n) < 1e-4) ? n.toExponential(4) : num(n, { maximumFractionDigits: 6 }));

function exactly(value) {
  const number = value.number !== undefined ? plainNumber(value.number) : [value.low, value.high].filter((n) => n !== undefined).map(plainNumber).join('–');
  return `${number} ${value.unit === '1' ? '' : value.unit}`.trim();
}

function statedAs(stated) {
  const number = stated.number ?? null;
  const figure = number !== null ? plainNumber(number) : [stated.low, stated.high].filter((n) => n !== undefined && n !== null).map(plainNumber).join('–');
  return `${figure} ${stated.unit === '1' ? '' : stated.unit}`.trim();
}
