// Gives the charts, drawn from the facts that pass the search and the filters. Every mark is a link to what it shows.

const chart = { currency: null };
const ROWS = 24;
const MODALITIES = ['asserted', 'planned', 'conditional', 'negated'];

function showCharts() {
  search();
  const box = $('page-charts');
  const rows = found.rows;
  const lead = t(isFiltered() ? 'charts_filtered' : 'charts_lead', { facts: t('n_facts', { n: rows.length }) });
  const width = Math.max(300, Math.min(1040, box.clientWidth - 48));
  put(box, el('h2', null, t('charts')), el('p', { class: 'lead' }, lead, ' ', isFiltered() ? el('a', { href: `#facts${toAddress()}` }, t('facts')) : null), drawLegend(),
    drawMoney(rows, width),
    drawByEntity(rows.filter((f) => kindOf(f) === 'power' && unitOf(f) === 'W'), 'chart_power', 'chart_power_note', width, 1, (n) => si(n, 'W')),
    drawByEntity(rows.filter((f) => kindOf(f) === 'energy' && unitOf(f) === 'J'), 'chart_energy', 'chart_power_note', width, 3600, (n) => si(n, 'Wh')),
    drawTimeline(rows, width),
    drawShared(rows, width));
}

function drawLegend() {
  return el('ul', { class: 'legend', 'aria-label': t('legend') }, MODALITIES.map((name) => el('li', null, svg('svg', { width: 14, height: 14, 'aria-hidden': 'true' }, dot(7, 7, name, 5)), named('modality', name))));
}

const dot = (x, y, modality, r = 5) => svg('circle', { cx: x, cy: y, r, class: `dot dot-${modality}` });

function si(n, unit) {
  const [factor, prefix] = [[1e15, 'P'], [1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k'], [1, ''], [1e-3, 'm']].find(([f]) => n >= f * 0.999) || [1, ''];
  return `${num(n / factor, { maximumSignificantDigits: 4 })}\u00a0${prefix}${unit}`;
}

// --- amounts by entity, on a log scale

function drawMoney(rows, width) {
  const money = rows.filter((fact) => kindOf(fact) === 'money' && /^[A-Z]{3}$/.test(unitOf(fact)));
  const counts = new Map();
  for (const fact of money) counts.set(unitOf(fact), (counts.get(unitOf(fact)) || 0) + 1);
  const codes = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || compare(a, b));
  const code = codes.includes(chart.currency) ? chart.currency : codes[0];
  const pick = codes.length > 1 && el('p', { class: 'form inline' }, el('label', { for: 'currency' }, t('chart_currency')), ' ',
    el('select', { id: 'currency', change: (event) => { chart.currency = event.target.value; showCharts(); $('currency').focus(); } }, codes.map((one) => el('option', { value: one, selected: one === code }, `${one} (${num(counts.get(one))})`))));
  const tick = (n) => num(n, { style: 'currency', currency: code, notation: 'compact', maximumFractionDigits: 0 });
  return drawByEntity(money.filter((fact) => unitOf(fact) === code), 'chart_money', 'chart_scale_note', width, 1, tick, pick);
}

// A figure's extent on the axis: [low, high] with the number itself where there is one.
function extent(fact, unit) {
  const { number, low, high } = fact.row.value;
  const ends = [number ?? low ?? high, number ?? high ?? low].map((n) => n / unit);
  return { fact, low: Math.min(...ends), high: Math.max(...ends) };
}

function drawByEntity(rows, title, note, width, unit, tick, pick) {
  const all = rows.map((fact) => extent(fact, unit));
  const drawn = all.filter((one) => one.low > 0 && Number.isFinite(one.high));
  const head = [el('h3', null, t(title)), pick];
  if (!drawn.length) return el('figure', { class: 'chart' }, head, el('p', { class: 'note' }, t('chart_none')));
  const groups = new Map();
  for (const one of drawn) {
    const key = partyKey(one.fact.row.subject);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(one);
  }
  const top = (ones) => Math.max(...ones.map((one) => one.high));
  const sorted = [...groups].sort((a, b) => top(b[1]) - top(a[1]) || compare(a[0], b[0]));
  const kept = sorted.slice(0, ROWS);
  const ones = kept.flatMap(([, some]) => some);
  const bottom = Math.floor(Math.log10(ones.reduce((n, one) => Math.min(n, one.low), Infinity)));
  const ceiling = Math.max(bottom + 1, Math.ceil(Math.log10(ones.reduce((n, one) => Math.max(n, one.high), 0))));
  const names = Math.min(240, Math.round(width * 0.3));
  const x = (n) => names + 16 + ((Math.log10(n) - bottom) / (ceiling - bottom)) * (width - names - 44);
  const height = kept.length * 28 + 34;
  const every = Math.ceil((ceiling - bottom + 1) / Math.max(2, Math.floor((width - names) / 78)));
  const picture = svg('svg', { width, height, role: 'group', 'aria-label': t(title), class: 'plot' });
  for (let power = bottom; power <= ceiling; power++) {
    picture.append(svg('line', { class: 'grid-line', x1: x(10 ** power), x2: x(10 ** power), y1: 24, y2: height }));
    if ((power - bottom) % every === 0) picture.append(svg('text', { class: 'tick', x: x(10 ** power), y: 14, 'text-anchor': 'middle' }, tick(10 ** power)));
  }
  kept.forEach(([, some], i) => picture.append(...drawEntity(some, 42 + i * 28, x, names, width)));
  const below = all.length - drawn.length;
  const notes = [t(note), sorted.length > kept.length && t('chart_rest', { n: sorted.length - kept.length }), below && t('chart_losses', { n: below })];
  return el('figure', { class: 'chart' }, head, picture, el('figcaption', null, notes.filter(Boolean).join(' ')));
}

function drawEntity(some, y, x, names, width) {
  const party = some[0].fact.row.subject;
  const name = tame(party.name);
  const letters = Math.floor(names / 7.2);
  const short = [...name].length > letters ? `${[...name].slice(0, letters - 1).join('').trim()}…` : name;
  const ends = [Math.min(...some.map((one) => one.low)), Math.max(...some.map((one) => one.high))];
  const parts = [
    svg('line', { class: 'row-line', x1: names + 8, x2: width, y1: y, y2: y }),
    svg('a', { href: `#facts?${new URLSearchParams({ entity: partyKey(party) })}` }, svg('title', null, name), svg('text', { class: 'entity', x: names, y: y + 4, 'text-anchor': 'end' }, short)),
    svg('line', { class: 'spread', x1: x(ends[0]), x2: x(ends[1]), y1: y, y2: y }),
  ];
  for (const one of [...some].sort((a, b) => b.high - a.high)) parts.push(drawFigure(one, y, x));
  return parts;
}

function drawFigure({ fact, low, high }, y, x) {
  const { modality, value } = fact.row;
  const marks = [];
  if (high > low) marks.push(svg('line', { class: `range dot-${modality}`, x1: x(low), x2: x(high), y1: y, y2: y }));
  const middle = high > low ? Math.sqrt(low * high) : low;
  const open = { gt: 1, min: 1, lt: -1, max: -1 }[value.bound];
  if (open) marks.push(svg('path', { class: 'open', d: `M${x(middle) + 7 * open} ${y - 4}l${4 * open} 4l${-4 * open} 4` }));
  marks.push(dot(x(middle), y, modality));
  return svg('a', { href: `#${fact.row.id}`, 'aria-label': statement(fact) }, svg('title', null, statement(fact)), marks);
}

// --- dated facts

function drawTimeline(rows, width) {
  const years = rows.map(yearOf).filter(Boolean).sort((a, b) => a - b);
  const head = el('h3', null, t('chart_time'));
  if (!years.length) return el('figure', { class: 'chart' }, head, el('p', { class: 'note' }, t('chart_none')));
  // A founding in 1802 would squeeze this decade into a corner: what is far from the rest is told at the edge.
  const [low, high] = [years[Math.floor(years.length * 0.04)], years[Math.floor(years.length * 0.985)]];
  const [first, last] = [Math.max(years[0], low - 3), Math.min(years[years.length - 1], high + 3)];
  const bins = new Map();
  for (const fact of rows) {
    const year = yearOf(fact);
    if (!year) continue;
    const bin = year < first ? first - 1 : year > last ? last + 1 : year;
    if (!bins.has(bin)) bins.set(bin, []);
    bins.get(bin).push(fact);
  }
  const spread = last - first + 1 + (bins.has(first - 1) ? 1 : 0) + (bins.has(last + 1) ? 1 : 0);
  const start = bins.has(first - 1) ? first - 1 : first;
  const step = (width - 40) / spread;
  const most = Math.max(...[...bins.values()].map((some) => some.length));
  const dots = most <= 40;
  const r = Math.max(2, Math.min(6, step / 2 - 1));
  const tall = dots ? Math.max(60, most * (2 * r + 2)) : 220;
  const base = tall + 12;
  const picture = svg('svg', { width, height: tall + 46, role: 'group', 'aria-label': t('chart_time'), class: 'plot' }, svg('line', { class: 'axis', x1: 16, x2: width - 16, y1: base, y2: base }));
  const every = Math.ceil(46 / step);
  for (let i = 0; i < spread; i++) {
    const year = start + i;
    const x = 20 + step * (i + 0.5);
    const edge = year < first ? t('chart_early', { year: String(first) }) : year > last ? t('chart_late', { year: String(last) }) : null;
    const some = (bins.get(year) || []).sort((a, b) => MODALITIES.indexOf(a.row.modality) - MODALITIES.indexOf(b.row.modality));
    picture.append(...(dots ? stackDots(some, x, base, r) : stackBars(some, edge ? null : year, x, base, step, tall / most)));
    const label = edge ? (year < first ? `< ${first}` : `> ${last}`) : String(year);
    if (edge || (year % every === 0 && i > (start < first ? 1 : -1))) picture.append(svg('text', { class: 'tick', x, y: base + 20, 'text-anchor': 'middle' }, label));
  }
  return el('figure', { class: 'chart' }, head, picture, el('figcaption', null, t(dots ? 'chart_time_note' : 'chart_time_bars')));
}

const stackDots = (some, x, base, r) => some.map((fact, k) => svg('a', { href: `#${fact.row.id}`, 'aria-label': statement(fact) }, svg('title', null, statement(fact)), dot(x, base - (r + 3) - k * (2 * r + 2), fact.row.modality, r)));

function stackBars(some, year, x, base, step, scale) {
  let y = base;
  return MODALITIES.flatMap((modality) => {
    const n = some.filter((fact) => fact.row.modality === modality).length;
    if (!n) return [];
    y -= n * scale;
    const label = t('pair', { a: `${year || ''} ${named('modality', modality)}`.trim(), b: t('n_facts', { n }) });
    const bar = svg('rect', { class: `dot dot-${modality}`, x: x - step * 0.4, y, width: step * 0.8, height: Math.max(1, n * scale) });
    return [year ? svg('a', { href: `#facts?${new URLSearchParams({ year, modality })}`, 'aria-label': label }, svg('title', null, label), bar) : svg('g', null, svg('title', null, label), bar)];
  });
}

// --- which articles share facts

function drawShared(rows, width) {
  const shared = new Map();
  const totals = new Map();
  for (const fact of rows) {
    const ids = articlesOf(fact).sort();
    for (let i = 0; i < ids.length; i++) for (let j = 0; j < i; j++) {
      const key = JSON.stringify([ids[j], ids[i]]);
      shared.set(key, (shared.get(key) || 0) + 1);
      for (const id of [ids[i], ids[j]]) totals.set(id, (totals.get(id) || 0) + 1);
    }
  }
  const head = el('h3', null, t('chart_shared'));
  if (!totals.size) return el('figure', { class: 'chart' }, head, el('p', { class: 'note' }, t('chart_shared_none')));
  const names = Math.min(320, Math.round(width * 0.42));
  const cell = 26;
  const room = Math.max(3, Math.floor((width - names - 30) / cell));
  const most = Math.max(...shared.values());
  // Those that share most, then those next to each other that share with one another.
  const kept = neighbours([...totals.keys()].sort((a, b) => totals.get(b) - totals.get(a) || compare(a, b)).slice(0, Math.min(room, 30)), shared);
  const picture = svg('svg', { width: Math.min(width, names + 30 + kept.length * cell), height: kept.length * cell + 30, role: 'group', 'aria-label': t('chart_shared'), class: 'plot' });
  kept.forEach((a, i) => {
    const y = 26 + i * cell;
    const letters = Math.floor(names / 6.9) - 4;
    const title = titleOf(a);
    const short = [...title].length > letters ? `${[...title].slice(0, letters).join('').trim()}…` : title;
    picture.append(svg('a', { href: `#articles?${new URLSearchParams({ id: a })}` }, svg('title', null, title), svg('text', { class: 'entity', x: names, y: y + 17, 'text-anchor': 'end' }, `${short}  ${i + 1}`)));
    picture.append(svg('text', { class: 'tick', x: names + 12 + i * cell + cell / 2, y: 16, 'text-anchor': 'middle' }, String(i + 1)));
    kept.forEach((b, j) => {
      const n = i === j ? 0 : shared.get(JSON.stringify([a, b].sort())) || 0;
      const box = svg('rect', { class: i === j ? 'cell-self' : n ? 'cell-on' : 'cell-off', x: names + 12 + j * cell + 1, y: y + 1, width: cell - 2, height: cell - 2, rx: 3 });
      if (!n) { picture.append(box); return; }
      box.setAttribute('fill-opacity', String(0.25 + 0.75 * (n / most)));
      const label = t('shared_cell', { facts: t('n_facts', { n }), a: title, b: titleOf(b) });
      const address = `#facts?${new URLSearchParams([['both', a], ['both', b]])}`;
      picture.append(svg('a', { href: address, 'aria-label': label }, svg('title', null, label), box, svg('text', { class: n / most > 0.5 ? 'cell-n on' : 'cell-n', x: names + 12 + j * cell + cell / 2, y: y + 17, 'text-anchor': 'middle' }, String(n))));
    });
  });
  const notes = [t('chart_shared_note'), totals.size > kept.length && t('chart_shared_rest', { n: kept.length })];
  return el('figure', { class: 'chart' }, head, picture, el('figcaption', null, notes.filter(Boolean).join(' ')));
}

function neighbours(ids, shared) {
  const left = new Set(ids);
  const placed = [];
  while (left.size) {
    let next = [...left][0];
    left.delete(next);
    placed.push(next);
    for (;;) {
      const here = next;
      const strength = (id) => shared.get(JSON.stringify([here, id].sort())) || 0;
      next = [...left].reduce((best, id) => (strength(id) > (best ? strength(best) : 0) ? id : best), null);
      if (!next) break;
      left.delete(next);
      placed.push(next);
    }
  }
  return placed;
}
