// Gives what all the rest is made of: elements, words in two languages, typography, text that cannot do harm.

const $ = (id) => document.getElementById(id);
const LANGS = ['fr', 'en'];
const ui = { lang: 'fr', words: {} };
const at = () => LANGS.indexOf(ui.lang);

// --- elements: text always goes in as text, never as markup

function el(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

function svg(tag, props, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function put(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// --- words

// The words of one key in the language of the page; {n} chooses between singular and plural.
function t(key, values) {
  const both = ui.words[key];
  if (!both) return key;
  let text = both[at()];
  if (text.includes('|')) {
    const [one, other] = text.split('|');
    text = plural(values.n) === 'one' ? one : other;
  }
  return typeset(text).replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values && values[name];
    return typeof value === 'number' ? num(value) : value === undefined ? whole : String(value);
  });
}

const named = (group, name) => (ui.words[`${group}.${name}`] ? t(`${group}.${name}`) : String(name).replaceAll('_', ' '));
// Making one of these costs more than using it a hundred times.
const rules = Object.fromEntries(LANGS.map((lang) => [lang, { plural: new Intl.PluralRules(lang), number: new Intl.NumberFormat(lang) }]));
const plural = (n) => rules[ui.lang].plural.select(n);
const num = (n, options) => (options ? new Intl.NumberFormat(ui.lang, options) : rules[ui.lang].number).format(n);
const upper = (text) => text.charAt(0).toLocaleUpperCase(ui.lang) + text.slice(1);

// French wants narrow spaces before high marks and inside guillemets; both want curly marks and figures that hold on to
// their units.
function typeset(text) {
  const held = text
    .replace(/(\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g, '$1\u202f')
    .replace(/(\d) (?=[^\s\d])/g, '$1\u00a0')
    .replace(/'/g, '\u2019');
  if (ui.lang !== 'fr') return held.replace(/"([^"]*)"/g, '\u201c$1\u201d');
  return held
    .replace(/"([^"]*)"/g, '«\u202f$1\u202f»')
    .replace(/« /g, '«\u202f')
    .replace(/ »/g, '\u202f»')
    .replace(/[ \u00a0](?=[;!?])/g, '\u202f')
    .replace(/ (?=:)/g, '\u00a0');
}

// A day, month or year as the language writes it; anything else as it stands.
function date(edtf) {
  const [, year, month, day] = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?$/.exec(edtf || '') || [];
  if (!year) return edtf || '';
  if (!month) return year;
  const when = new Date(Date.UTC(+year, month - 1, day || 1));
  const form = { timeZone: 'UTC', year: 'numeric', month: 'long', ...(day ? { day: 'numeric' } : {}) };
  return new Intl.DateTimeFormat(ui.lang === 'fr' ? 'fr-FR' : 'en-GB', form).format(when);
}

// --- text of others

const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

// One line of somebody's text without the characters that would steer what stands around it.
const tame = (text) => String(text).replace(CONTROLS, '').replace(/\s+/g, ' ');

// The same for running text, with each such character shown for what it is.
function quoted(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(CONTROLS)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    if (match[0] !== '\r') {
      const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
      parts.push(el('span', { class: 'control' }, `U+${code}`));
    }
    from = match.index + 1;
  }
  parts.push(text.slice(from));
  return parts;
}

const bdi = (text) => el('bdi', null, tame(text));

// Only addresses of the web: a javascript: one would run.
const isWeb = (url) => /^https?:\/\/[^\s]+$/i.test(url || '');

// --- searching without case, accents and kinds of spaces

// Most of a text is plain letters, which need no more than lower case; the rest comes in a few short runs.
function fold(text) {
  const plain = text.replace(/[^\x00-\x7f]+/g, foldRun).toLowerCase();
  return /[\t-\r]|  /.test(plain) ? plain.replace(/\s+/g, ' ') : plain;
}

const runs = new Map();

function foldRun(run) {
  let plain = runs.get(run);
  if (plain === undefined) {
    plain = run
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .replace(/œ/g, 'oe')
      .replace(/æ/g, 'ae')
      .replace(/[\u2019\u02bc]/g, "'")
      .replace(/\s/g, ' ');
    if (run.length < 4) runs.set(run, plain);
  }
  return plain;
}

// The text with what was searched marked; folding may change lengths, so each character is folded on its own.
function marked(text, needles) {
  if (!needles.length) return [text];
  const chars = [...text];
  const spans = [];
  let folded = '';
  const origin = [];
  chars.forEach((char, i) => {
    const plain = fold(char) || '';
    for (let k = 0; k < plain.length; k++) origin.push(i);
    folded += plain;
  });
  for (const needle of needles) {
    for (let i = folded.indexOf(needle); i >= 0; i = folded.indexOf(needle, i + needle.length)) {
      spans.push([origin[i], origin[i + needle.length - 1] + 1]);
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  const parts = [];
  let from = 0;
  for (const [start, end] of spans) {
    if (start < from) continue;
    parts.push(chars.slice(from, start).join(''), el('mark', null, chars.slice(start, end).join('')));
    from = end;
  }
  parts.push(chars.slice(from).join(''));
  return parts;
}

// What the browser keeps between visits, where it lets a page from disk keep anything.
const memory = {
  get(key) {
    try { return localStorage.getItem(`faits.${key}`); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(`faits.${key}`, value); return true; } catch { return false; }
  },
};

function say(text) {
  $('live').textContent = '';
  setTimeout(() => { $('live').textContent = text; }, 30);
}
