// Gives the pages beside the table: conflicts side by side, articles, problems.

const AT_ONCE = 40;

// Children made as they are asked for, some at once and the rest behind a button.
function inPortions(make, items, from = 0) {
  const some = items.slice(from, from + AT_ONCE).map(make);
  const rest = items.length - from - some.length;
  if (rest <= 0) return some;
  const more = el('button', { type: 'button', class: 'button', click: () => more.replaceWith(...inPortions(make, items, from + AT_ONCE)) }, t('more', { n: rest }));
  return [...some, more];
}

const emptyState = (title, hint) => el('div', { class: 'empty' }, el('h3', null, t(title)), hint ? el('p', null, t(hint)) : null);

// --- conflicts

// The facts that cannot all hold: those tied to one another by conflicts, in the order of the table.
function conflictGroups() {
  const seen = new Set();
  const groups = [];
  for (const fact of data.facts) {
    if (seen.has(fact) || !(fact.row.conflicts || []).length) continue;
    const group = [];
    const queue = [fact];
    seen.add(fact);
    while (queue.length) {
      const one = queue.shift();
      group.push(one);
      for (const id of one.row.conflicts || []) {
        const other = data.byId.get(id);
        if (other && !seen.has(other)) { seen.add(other); queue.push(other); }
      }
    }
    if (group.length > 1) groups.push(group.sort((a, b) => a.i - b.i));
  }
  return groups;
}

function showConflicts() {
  const groups = conflictGroups();
  const disputed = data.facts.filter((fact) => (fact.row.disagreements || []).length);
  put($('page-conflicts'), el('h2', null, t('conflicts')), groups.length ? el('p', { class: 'lead' }, t('conflicts_lead')) : emptyState('conflicts_none', 'conflicts_none_hint'),
    inPortions(drawConflict, groups),
    el('h2', { class: 'second' }, t('disagreements')), el('p', { class: 'lead' }, t(disputed.length ? 'disagreements_lead' : 'disagreements_none')),
    inPortions(drawDisputed, disputed));
}

function drawConflict(group) {
  const { subject, predicate } = group[0].row;
  return el('section', { class: 'conflict' }, el('h3', null, t('pair', { a: tame(subject.name), b: named('predicate', predicate) })), el('div', { class: 'sides' }, group.map(drawSide)));
}

function drawSide(fact) {
  const proof = fact.row.evidence[0];
  const article = proof && data.article.get(proof.article);
  const rest = fact.row.evidence.length - 1;
  return el('article', { class: 'side' },
    el('p', { class: 'side-value' }, written(fact) || when(fact) || (fact.row.object ? bdi(fact.row.object.name) : named('modality', fact.row.modality))),
    el('p', { class: 'statement' }, el('a', { href: `#${fact.row.id}` }, statement(fact))),
    el('p', { class: 'under' }, under(fact)),
    proof && el('blockquote', { lang: article ? article.lang : null, dir: 'auto' }, sentenceOf(proof)),
    proof && el('p', { class: 'quiet' }, bdi(titleOf(proof.article)), proof.published ? `, ${date(proof.published)}` : '', rest > 0 ? ` · ${t('more', { n: rest })}` : ''));
}

function drawDisputed(fact) {
  return el('section', { class: 'conflict' }, el('h3', { class: 'statement' }, el('a', { href: `#${fact.row.id}` }, statement(fact))), fact.row.disagreements.map((one) => drawDisagreement(fact, one)));
}

// --- articles

function factsByArticle() {
  const found = new Map(data.articles.map((row) => [row.id, []]));
  for (const fact of data.facts) for (const id of articlesOf(fact)) if (found.has(id)) found.get(id).push(fact);
  return found;
}

async function showArticles(asked) {
  const id = new URLSearchParams(asked || '').get('id');
  const box = $('page-articles');
  if (id && data.article.has(id)) { await showArticle(box, id); return; }
  if (!data.articles.length) { put(box, el('h2', null, t('articles')), emptyState('articles_none')); return; }
  const facts = factsByArticle();
  const row = (article) => el('li', null, el('a', { href: `#articles?${new URLSearchParams({ id: article.id })}`, class: 'article-link', lang: article.lang }, bdi(article.title || article.id)),
    el('p', { class: 'under' }, [article.publisher && tame(article.publisher), article.published ? date(article.published) : t('undated'), article.published_source && t(`source_${article.published_source}`), t('n_words', { n: article.words }), t('n_facts', { n: facts.get(article.id).length })].filter(Boolean).join(' · '),
      article.near_duplicate_of ? [' ', tag(t('copy_of', { what: titleOf(article.near_duplicate_of) }), 'copy')] : null));
  put(box, el('h2', null, t('articles')), el('p', { class: 'lead' }, t('articles_lead')), el('ul', { class: 'plain article-list' }, inPortions(row, data.articles)));
}

async function showArticle(box, id) {
  const facts = factsByArticle().get(id);
  const marks = facts.flatMap((fact) => fact.row.evidence.filter((proof) => proof.article === id).map((proof) => ({ start: proof.start, end: proof.end, kind: 'fact', fact: fact.row.id })));
  const text = await drawArticle(id, marks);
  put(box, el('div', { class: 'article-page' }, el('p', null, el('a', { href: '#articles' }, `← ${t('articles')}`)), drawHeadOf(id, 'h2'),
    el('p', null, el('a', { href: `#facts?${new URLSearchParams({ article: id })}` }, t('facts_of_article')), el('span', { class: 'quiet' }, ` ${num(facts.length)}`)), text));
}

// --- problems

function showProblems() {
  const box = $('page-problems');
  if (!data.problems.length) { put(box, el('h2', null, t('problems')), emptyState('problems_none', 'problems_none_hint')); return; }
  const codes = [...new Set(data.problems.map((row) => row.code))].sort(compare);
  const one = (row) => el('li', { class: 'problem' },
    el('p', { class: 'problem-where' }, row.article && data.article.has(row.article) ? el('a', { href: `#articles?${new URLSearchParams({ id: row.article })}` }, bdi(row.article)) : bdi(row.article || t('whole_corpus'))),
    el('p', null, el('b', null, upper(tame(row.what))), row.text && !row.what.includes(row.text) ? [' ', el('q', { dir: 'auto' }, tame(row.text))] : null), el('p', null, upper(tame(row.why))), el('p', { class: 'advice' }, `→ ${tame(row.advice)}`));
  put(box, el('h2', null, t('problems')), el('p', { class: 'lead' }, t('problems_lead')), codes.map((code) => {
    const rows = data.problems.filter((row) => row.code === code);
    return el('section', { lang: 'en' }, el('h3', { class: 'rule' }, code.replaceAll('_', ' '), el('span', { class: 'quiet' }, ` ${num(rows.length)}`)), el('ul', { class: 'plain' }, inPortions(one, rows)));
  }));
}
