// Gives the page of facts: search, filters, and rows that exist only while they are in view.

const table = { active: 0, first: -1, last: -1, height: 0, expanded: new Set(), narrowed: {} };
const OVERSCAN = 8;
const PRINTED = 1000;
const columns = ['fact', 'value', 'time', 'articles'];

const hasConfidence = () => data.measured;

function showFacts() {
  search();
  drawFacets();
  drawChips();
  drawHead();
  drawCount();
  table.active = Math.min(table.active, Math.max(0, found.rows.length - 1));
  drawRows(true);
}

function drawCount() {
  const all = data.facts.length;
  const n = found.rows.length;
  put($('count'), n === all ? t('n_facts', { n }) : t('n_of', { n: t('n_facts', { n }), all: num(all) }));
  const none = n === 0;
  $('grid').hidden = none;
  $('empty').hidden = !none;
  if (none) {
    const why = all ? ['nothing', 'nothing_hint'] : ['nothing_at_all', 'nothing_at_all_hint'];
    const clear = isFiltered() && el('button', { type: 'button', class: 'button', click: clearAll }, t('clear_all'));
    put($('empty'), el('h2', null, t(why[0])), el('p', null, t(why[1])), clear);
  }
}

// --- rows

function drawHead() {
  const names = hasConfidence() ? [...columns, 'confidence'] : columns;
  $('grid').classList.toggle('with-confidence', hasConfidence());
  put($('grid-head'), names.map((name) => {
    const on = query.sort === name;
    // Figures come largest first, words and dates smallest first; `down` turns either round.
    const falls = query.down !== ['value', 'articles', 'confidence'].includes(name);
    const sorted = on ? (falls ? 'descending' : 'ascending') : 'none';
    const button = el('button', { type: 'button', tabindex: '-1', click: () => sortBy(name) }, t(`column_${name}`), el('span', { class: 'arrow', 'aria-hidden': 'true' }, on ? (falls ? '↓' : '↑') : ''));
    return el('div', { role: 'columnheader', class: `cell cell-${name}`, 'aria-sort': sorted }, button);
  }));
  $('grid').setAttribute('aria-rowcount', String(found.rows.length + 1));
  $('grid').setAttribute('aria-colcount', String(names.length));
}

function sortBy(name) {
  query.down = query.sort === name ? !query.down : false;
  query.sort = name;
  changed();
}

const rowHeight = () => parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row')) || 76;

function drawRows(anew) {
  const grid = $('grid');
  const body = $('grid-body');
  const printing = window.matchMedia('print').matches;
  table.height = rowHeight();
  const inView = Math.ceil((grid.clientHeight || 800) / table.height);
  const top = Math.floor(grid.scrollTop / table.height);
  const first = printing ? 0 : Math.max(0, top - OVERSCAN);
  const last = Math.min(found.rows.length, printing ? PRINTED : top + inView + OVERSCAN);
  if (!anew && first === table.first && last === table.last) return;
  table.first = first;
  table.last = last;
  body.style.height = printing ? '' : `${found.rows.length * table.height}px`;
  const rows = [];
  for (let i = first; i < last; i++) rows.push(drawRow(found.rows[i], i, printing));
  // The active row is what a screen reader is told about: it has to exist, in view or not.
  if (!printing && found.rows.length && (table.active < first || table.active >= last)) rows.push(drawRow(found.rows[table.active], table.active));
  put(body, rows);
  setActive();
}

function drawRow(fact, i, printing) {
  const { row } = fact;
  const cells = [
    el('div', { role: 'gridcell', class: 'cell cell-fact' }, el('p', { class: 'statement' }, marked(statement(fact), found.needles)), el('p', { class: 'under' }, under(fact))),
    el('div', { role: 'gridcell', class: 'cell cell-value' }, written(fact)),
    el('div', { role: 'gridcell', class: 'cell cell-time' }, when(fact)),
    el('div', { role: 'gridcell', class: 'cell cell-articles' }, t('n_articles', { n: row.articles })),
  ];
  if (hasConfidence()) cells.push(el('div', { role: 'gridcell', class: 'cell cell-confidence' }, row.confidence === undefined ? '' : num(row.confidence, { style: 'percent' })));
  const mark = markOf(row.id) || row.review;
  const node = el('div', {
    role: 'row', class: `row${mark ? ` is-${mark}` : ''}`, id: `row-${i}`, 'aria-rowindex': String(i + 2),
    'aria-selected': String(opened.id === row.id), click: () => { table.active = i; go(row.id); },
  }, cells);
  if (!printing) node.style.transform = `translateY(${i * table.height}px)`;
  return node;
}

// What stands under a statement: what kind of fact it is, and what a reader should beware of.
function under(fact) {
  const { row } = fact;
  const tags = [el('span', { class: 'kind' }, named('predicate', row.predicate))];
  if (row.modality !== 'asserted') tags.push(tag(named('modality', row.modality), row.modality));
  if (row.conflicts && row.conflicts.length) tags.push(tag(t('accord_conflict'), 'conflict'));
  if (row.disagreements && row.disagreements.length) tags.push(tag(t('accord_disagreement'), 'disagreement'));
  const mark = markOf(row.id) || row.review;
  if (mark) tags.push(tag(t(`review_${mark}`), mark));
  return tags;
}

const tag = (text, kind) => el('span', { class: `tag tag-${kind}` }, text);

function setActive() {
  const now = document.querySelector('.row.is-active');
  if (now) now.classList.remove('is-active');
  const row = $(`row-${table.active}`);
  if (row) { row.classList.add('is-active'); $('grid').setAttribute('aria-activedescendant', row.id); }
  else $('grid').removeAttribute('aria-activedescendant');
}

function moveTo(i) {
  if (!found.rows.length) return;
  table.active = Math.max(0, Math.min(found.rows.length - 1, i));
  const grid = $('grid');
  const head = grid.querySelector('.grid-head').offsetHeight;
  const top = table.active * table.height;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (top + table.height > grid.scrollTop + grid.clientHeight - head) grid.scrollTop = top + table.height - grid.clientHeight + head;
  drawRows(true);
}

function gridKey(event) {
  const page = Math.max(1, Math.floor($('grid').clientHeight / table.height) - 1);
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
  if (event.target !== $('grid')) return;
  if (event.key in steps) { event.preventDefault(); moveTo(table.active + steps[event.key]); }
  else if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); const fact = found.rows[table.active]; if (fact) go(fact.row.id); }
}

// --- filters

const SHOWN = 6;

function drawFacets() {
  const focused = document.activeElement && document.activeElement.id;
  const box = $('facets');
  const scroll = box.scrollTop;
  put(box, facets.map(drawFacet));
  box.scrollTop = scroll;
  if (focused && $(focused) && box.contains($(focused))) $(focused).focus();
}

function drawFacet(facet) {
  const chosen = query.chosen[facet.name];
  let keys = facet.values.map((key, place) => ({ key, place, n: facet.counts[place] })).filter(({ key, n }) => n || chosen.has(key));
  if (facet.values.length < 2 && !chosen.size) return null;
  if (!facet.order) keys.sort((a, b) => b.n - a.n || a.place - b.place);
  const wanted = fold(table.narrowed[facet.name] || '');
  if (wanted) keys = keys.filter(({ key }) => fold(facet.label(key)).includes(wanted));
  const open = table.expanded.has(facet.name);
  const limit = open ? 200 : SHOWN;
  const some = keys.filter(({ key }, i) => i < limit || chosen.has(key));
  const rest = keys.length - some.length;
  const title = el('legend', null, t(`facet_${facet.name}`));
  const narrow = facet.long && (open || wanted) && facet.values.length > 12 && el('input', {
    type: 'search', class: 'narrow', id: `narrow-${facet.name}`, value: table.narrowed[facet.name] || '', 'aria-label': t('pair', { a: t('narrow_down'), b: t(`facet_${facet.name}`) }), placeholder: t('narrow_down'),
    input: (event) => { table.narrowed[facet.name] = event.target.value; drawFacets(); const box = $(`narrow-${facet.name}`); box.focus(); box.setSelectionRange(box.value.length, box.value.length); },
  });
  const more = (rest > 0 || open) && keys.length > SHOWN && el('button', { type: 'button', class: 'link', id: `more-${facet.name}`, 'aria-expanded': String(open), click: () => { if (open) { table.expanded.delete(facet.name); table.narrowed[facet.name] = ''; } else table.expanded.add(facet.name); drawFacets(); } }, open ? t('fewer') : t('more', { n: rest }));
  return el('fieldset', { class: 'facet' }, title, narrow, some.map(({ key, n }) => drawChoice(facet, key, n, chosen)), more);
}

function drawChoice(facet, key, n, chosen) {
  const box = el('input', { type: 'checkbox', id: `f-${facet.name}-${facet.numbers.get(key)}`, change: () => toggle(facet.name, key) });
  box.checked = chosen.has(key);
  return el('label', { class: 'choice', for: box.id }, box, el('span', { class: 'choice-name' }, bdi(facet.label(key))), el('span', { class: 'choice-n' }, num(n)));
}

function toggle(name, key) {
  const chosen = query.chosen[name];
  if (!chosen.delete(key)) chosen.add(key);
  changed();
}

function drawChips() {
  const chips = facets.flatMap((facet) => [...query.chosen[facet.name]].map((key) => chip(facet.label(key), () => toggle(facet.name, key))));
  if (query.both) chips.push(chip(query.both.map(titleOf).join(' + '), () => { query.both = null; changed(); }));
  if (chips.length || query.text) chips.push(el('button', { type: 'button', class: 'link', click: clearAll }, t('clear_all')));
  put($('chips'), chips);
}

const chip = (label, remove) => el('button', { type: 'button', class: 'chip', 'aria-label': t('remove_filter', { what: label }), click: remove }, bdi(label), el('span', { 'aria-hidden': 'true' }, ' ×'));

function clearAll() {
  clearFilters();
  changed();
  $('search').focus();
}
