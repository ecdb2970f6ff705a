// Puts the page together: addresses, keys, language, appearance; starts when the facts are unpacked.

const pages = { facts: showFacts, charts: showCharts, conflicts: showConflicts, articles: showArticles, problems: showProblems };
// `facts`: the address of the table as it was last filtered, to come back to when a fact is closed.
const page = { name: 'facts', rest: '', facts: 'facts' };

const go = (where) => { if (location.hash === `#${where}`) route(); else location.hash = where; };

// What the address asks for: a fact, or one of the pages.
function route() {
  const asked = decodeURIComponent(location.hash.slice(1).split('?')[0]);
  const rest = location.hash.includes('?') ? location.hash.slice(location.hash.indexOf('?') + 1) : '';
  if (/^f-/.test(asked)) { if ($(`page-${page.name}`).hidden) show('facts', ''); openFact(asked); ($('panel-title') || $('panel-close')).focus({ preventScroll: true }); return; }
  const was = opened.id;
  if (opened.id) closePanel();
  show(asked in pages ? asked : 'facts', rest);
  if (was && page.name === 'facts') $('grid').focus();
}

function show(name, rest) {
  const turned = page.name !== name || page.rest !== rest;
  Object.assign(page, { name, rest });
  for (const one of Object.keys(pages)) $(`page-${one}`).hidden = one !== name;
  document.querySelectorAll('#tabs a').forEach((link) => { if (link.dataset.page === name) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current'); });
  if (name === 'facts') {
    if (rest !== toAddress().slice(1)) { fromAddress(rest); $('search').value = query.text; $('grid').scrollTop = 0; table.active = 0; }
    page.facts = `facts${toAddress()}`;
  }
  pages[name](rest);
  if (turned && name !== 'facts') $('main').scrollTop = 0;
}

// The search or a filter changed: show it, and let the address say so without filling the history.
function changed() {
  $('grid').scrollTop = 0;
  table.active = 0;
  if ($('search').value !== query.text) $('search').value = query.text;
  page.rest = toAddress().slice(1);
  page.facts = `facts${toAddress()}`;
  history.replaceState(null, '', `#${page.facts}`);
  if (opened.id) closePanel();
  showFacts();
}

// --- language and appearance

function setLang(lang) {
  ui.lang = lang;
  memory.set('lang', lang);
  document.documentElement.lang = lang;
  for (const one of LANGS) $(`lang-${one}`).setAttribute('aria-pressed', String(one === lang));
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', t(node.dataset.label));
  for (const node of document.querySelectorAll('[data-placeholder]')) node.placeholder = t(node.dataset.placeholder);
  const counted = { facts: data.facts.length, conflicts: conflictGroups().length, articles: data.articles.length, problems: data.problems.length };
  put($('tabs'), Object.keys(pages).map((name) => el('a', { href: `#${name}`, 'data-page': name, 'aria-current': name === page.name ? 'page' : null }, t(name), name in counted ? el('span', { class: 'tab-n' }, ` ${num(counted[name])}`) : null)));
  const about = t('title', { facts: t('n_facts', { n: data.facts.length }), articles: t('n_articles', { n: data.articles.length }) });
  put($('title'), data.title ? tame(data.title) : about);
  document.title = `${data.title ? `${tame(data.title)} – ` : ''}faits – ${about}`;
  drawPart();
  setTheme(theme);
}

// What a page that does not show the whole table says of itself.
function drawPart() {
  const { shown, all } = { shown: data.facts.length, all: data.of.facts };
  $('part').hidden = shown === all && !data.asked;
  const key = !data.asked ? 'part_best' : data.found === shown ? 'part_search' : 'part_both';
  put($('part'), t(key, { shown: t('n_facts', { n: shown }), all: t('n_facts', { n: all }), search: `“${tame(data.asked || '')}”` }));
}

function switchLang(lang) {
  setLang(lang);
  drawTray();
  pages[page.name](page.rest);
  drawPanel();
}

const THEMES = ['auto', 'light', 'dark'];
let theme = THEMES.includes(memory.get('theme')) ? memory.get('theme') : 'auto';

function setTheme(name) {
  theme = name;
  memory.set('theme', name);
  document.documentElement.dataset.theme = name;
  $('theme').setAttribute('aria-label', t(`theme_${name}`));
  $('theme').title = t(`theme_${name}`);
  $('theme').textContent = { auto: '◐', light: '○', dark: '●' }[name];
}

// --- keys

function key(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.ctrlKey || event.metaKey || event.altKey || $('tray').open) return;
  if (event.key === 'Escape') {
    if (event.target === $('search') && query.text) { query.text = ''; changed(); }
    else if (opened.id) go(page.name === 'facts' ? page.facts : page.name);
    return;
  }
  if (typing) return;
  const fact = data.byId.get(opened.id);
  const near = fact ? found.rows.indexOf(fact) : -1;
  const keys = {
    '/': () => { go(page.facts); $('search').focus(); },
    j: () => fact && verdict(fact, 'confirm'), f: () => fact && verdict(fact, 'reject'),
    n: () => near >= 0 && found.rows[near + 1] && go(found.rows[near + 1].row.id), p: () => near > 0 && go(found.rows[near - 1].row.id),
  };
  if (event.key in keys) { event.preventDefault(); keys[event.key](); }
}

function listen() {
  let waiting = 0;
  $('search').addEventListener('input', () => {
    query.text = $('search').value;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(changed);
  });
  $('search').addEventListener('keydown', (event) => { if (event.key === 'ArrowDown' || event.key === 'Enter') { event.preventDefault(); $('grid').focus(); } });
  $('grid').addEventListener('scroll', () => drawRows(false), { passive: true });
  $('grid').addEventListener('keydown', gridKey);
  $('facets-open').addEventListener('click', () => $('facets-open').setAttribute('aria-expanded', String($('page-facts').classList.toggle('show-facets'))));
  $('skip').addEventListener('click', (event) => { event.preventDefault(); go(page.facts); $('grid').focus(); });
  $('review-open').addEventListener('click', () => { drawTray(); $('tray').showModal(); });
  $('theme').addEventListener('click', () => setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]));
  for (const lang of LANGS) $(`lang-${lang}`).addEventListener('click', () => switchLang(lang));
  document.addEventListener('keydown', key);
  window.addEventListener('hashchange', route);
  let resizing = 0;
  window.addEventListener('resize', () => { clearTimeout(resizing); resizing = setTimeout(() => { if (page.name === 'facts') drawRows(true); if (page.name === 'charts') showCharts(); }, 120); });
  window.matchMedia('print').addEventListener('change', () => drawRows(true));
}

const FOLDED_FIRST = 30_000;

async function start() {
  if (!window.DecompressionStream) { $('loading').textContent = 'Navigateur trop ancien. — Browser too old.'; return; }
  await prepare();
  loadReview();
  indexFacets();
  const wanted = memory.get('lang') || (navigator.language || 'fr').slice(0, 2);
  setLang(wanted === 'en' ? 'en' : 'fr');
  listen();
  // A search may come with the first rows: what it looks in is made before them, where that takes a fraction of a second.
  if (data.facts.length <= FOLDED_FIRST) data.facts.forEach(haystack);
  $('loading').remove();
  drawTray();
  show('facts', '');
  if (location.hash.length > 1) route();
  document.documentElement.dataset.ready = 'yes';
  foldInIdleMoments();
}

start();
