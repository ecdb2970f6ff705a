// Gives the form that corrects one field of a fact, in the row's own form.

const CORRECTED = ['subject', 'object', 'value', 'time', 'predicate', 'modality', 'attribution'];
// The unit a person would write, and how many of the table's unit it holds.
const WRITTEN_UNITS = {
  W: [['W', 1], ['kW', 1e3], ['MW', 1e6], ['GW', 1e9], ['TW', 1e12]],
  J: [['J', 1], ['kWh', 3.6e6], ['MWh', 3.6e9], ['GWh', 3.6e12], ['TWh', 3.6e15]],
  kg: [['kg', 1], ['t', 1e3], ['kt', 1e6], ['Mt', 1e9]],
  m2: [['m²', 1], ['ha', 1e4], ['km²', 1e6]],
  m: [['m', 1], ['km', 1e3]],
  s: [['s', 1], ['h', 3600], ['d', 86400], ['month', 2629800], ['year', 31557600]],
  1: [['1', 1], ['%', 0.01]],
};

function drawCorrecting(fact) {
  const can = CORRECTED.filter((field) => field !== 'value' || fact.row.value);
  const box = el('div', { class: 'inputs' });
  const choice = el('select', { id: 'correct-field', change: () => put(box, drawInputs(fact, choice.value)) }, can.map((field) => el('option', { value: field }, fieldName(field))));
  put(box, drawInputs(fact, choice.value));
  const fault = el('p', { class: 'fault', role: 'alert' });
  const submit = async (event) => {
    event.preventDefault();
    const read = readInputs(fact, choice.value);
    put(fault, read.fault || '');
    if (read.fault) return;
    const proof = fact.row.evidence[opened.proof] || fact.row.evidence[0];
    const note = $('correct-note').value.trim();
    const correction = await anchored(fact, proof, note ? { ...read, note } : read);
    opened.correcting = false;
    noted(fact.row.id, correction);
  };
  return el('form', { class: 'form correcting', submit, novalidate: true },
    labelled('correct-field', t('correct_field'), choice), box, fault,
    labelled('correct-note', `${t('note')} (${t('note_hint')})`, el('input', { id: 'correct-note' })),
    el('div', { class: 'marks' }, el('button', { class: 'button is-main', id: 'correct-keep' }, t('keep')), el('button', { type: 'button', class: 'link', click: () => { opened.correcting = false; drawPanel(); } }, t('cancel'))));
}

const labelled = (id, label, input) => el('p', null, el('label', { for: id }, label), input);

function select(id, group, names, chosen) {
  const box = el('select', { id }, names.map((name) => el('option', { value: name }, named(group, name))));
  box.value = chosen;
  return box;
}

const namesOf = (group) => Object.keys(ui.words).filter((key) => key.startsWith(`${group}.`)).map((key) => key.slice(group.length + 1));

function drawInputs(fact, field) {
  const { row } = fact;
  const hint = el('p', { class: 'quiet' }, t('empty_is_null'));
  if (field === 'modality' || field === 'predicate') return labelled('correct-into', t('correct_into'), select('correct-into', field, namesOf(field), row[field]));
  if (field === 'value') return drawValue(row.value);
  if (field === 'time') {
    return [labelled('correct-edtf', t('edtf'), el('input', { id: 'correct-edtf', value: (row.time && row.time.edtf) || '', autocomplete: 'off' })),
      labelled('correct-relation', t('relation'), select('correct-relation', 'relation', namesOf('relation'), (row.time && row.time.relation) || 'in')), hint];
  }
  if (field === 'attribution') return [labelled('correct-into', t('correct_into'), el('input', { id: 'correct-into', value: row.attribution || '', autocomplete: 'off' })), hint];
  return drawName(row[field], field === 'object' ? hint : null);
}

function drawName(party, hint) {
  const known = [...data.parties.values()].filter((one) => one.id).slice(0, 5000);
  const input = el('input', { id: 'correct-into', list: 'known-names', value: party ? party.name : '', autocomplete: 'off', input: () => { everywhere.hidden = !(party && party.id && partyNamed(input.value) && partyNamed(input.value).id !== party.id); } });
  const everywhere = el('p', { hidden: true }, el('label', { class: 'choice' }, el('input', { type: 'checkbox', id: 'correct-everywhere' }), t('everywhere')));
  return [labelled('correct-into', t('correct_into'), input), el('datalist', { id: 'known-names' }, known.map((one) => el('option', { value: one.name }))), everywhere, hint];
}

const partyNamed = (name) => [...data.parties.values()].find((one) => one.id && one.name === name.trim());

function drawValue(value) {
  const units = WRITTEN_UNITS[value.unit] || [[value.unit, 1]];
  const size = Math.abs(value.number ?? value.high ?? value.low ?? 0);
  const best = [...units].reverse().find(([, factor]) => size >= factor) || units[0];
  const shown = (n) => (n === undefined ? '' : String(Number((n / best[1]).toPrecision(12))));
  const unit = el('select', { id: 'correct-unit' }, units.map(([name, factor]) => el('option', { value: String(factor) }, name)));
  unit.value = String(best[1]);
  const number = (id, label, n) => labelled(id, label, el('input', { id, value: shown(n), inputmode: 'decimal', autocomplete: 'off' }));
  return el('div', { class: 'inputs-row' },
    labelled('correct-bound', t('bound'), select('correct-bound', 'bound', namesOf('bound'), value.bound || 'exact')),
    number('correct-number', t('number'), value.number), number('correct-low', t('low'), value.low), number('correct-high', t('high'), value.high),
    value.kind === 'money' ? labelled('correct-code', t('unit'), el('input', { id: 'correct-code', value: value.unit, size: '4', maxlength: '3' })) : labelled('correct-unit', t('unit'), unit));
}

// What the form says: the fields of a correction, or a fault.
function readInputs(fact, field) {
  const { row } = fact;
  if (field === 'value') return readValue(row.value);
  if (field === 'time') return readTime($('correct-edtf').value.trim(), $('correct-relation').value);
  const text = $('correct-into').value.trim();
  if (field === 'modality' || field === 'predicate') return { action: 'replace', field, value: text };
  if (field === 'attribution') return { action: 'replace', field, value: text || null };
  if (!text) return field === 'object' ? { action: 'replace', field, value: null } : { fault: t('bad_name') };
  const known = partyNamed(text);
  const into = known ? { id: known.id, name: known.name, type: known.type, aliases: known.aliases || [] } : { id: null, name: text, type: null, aliases: [] };
  const everywhere = known && row[field] && row[field].id && $('correct-everywhere').checked && known.id !== row[field].id;
  return everywhere ? { action: 'merge', entity: row[field].id, into } : { action: 'replace', field, value: into };
}

function readValue(value) {
  const factor = $('correct-unit') ? Number($('correct-unit').value) : 1;
  const unit = $('correct-code') ? $('correct-code').value.trim().toUpperCase() : value.unit;
  const bound = $('correct-bound').value;
  const read = (id) => { const text = $(id).value.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'); return text === '' ? null : Number(text) * factor; };
  const [number, low, high] = ['correct-number', 'correct-low', 'correct-high'].map(read);
  const isRange = bound === 'range' || bound === 'indefinite';
  if ([number, low, high].some(Number.isNaN) || (isRange ? low === null || high === null : number === null)) return { fault: t('bad_number') };
  const figures = isRange ? { number: null, low, high } : { number, low: null, high: null };
  const kept = Object.fromEntries(Object.entries(value).filter(([key]) => ['kind', 'per', 'of', 'recurring', 'price_base'].includes(key)));
  return { action: 'replace', field: 'value', value: { ...figures, unit, bound, ...kept } };
}

function readTime(edtf, relation) {
  if (!edtf) return { action: 'replace', field: 'time', value: null };
  const days = daysOf(edtf);
  if (!days) return { fault: t('bad_date') };
  return { action: 'replace', field: 'time', value: { edtf, earliest: days[0], latest: days[1], relation, relative: false, anchor: null } };
}

// First and last day of a year, month, day, quarter, half or decade; null for anything else.
function daysOf(edtf) {
  const decade = /^(\d{3})X$/.exec(edtf);
  if (decade) return [`${decade[1]}0-01-01`, `${decade[1]}9-12-31`];
  const [, year, part, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(edtf) || [];
  if (!year) return null;
  const last = (month) => `${year}-${String(month).padStart(2, '0')}-${new Date(Date.UTC(+year, month, 0)).getUTCDate()}`;
  const first = (month) => `${year}-${String(month).padStart(2, '0')}-01`;
  if (!part) return [`${year}-01-01`, `${year}-12-31`];
  const n = Number(part);
  if (day) return n >= 1 && n <= 12 && Number(day) >= 1 && `${year}-${part}-${day}` <= last(n) ? [edtf, edtf] : null;
  if (n >= 1 && n <= 12) return [first(n), last(n)];
  if (n >= 33 && n <= 36) return [first((n - 33) * 3 + 1), last((n - 32) * 3)];
  if (n === 40 || n === 41) return [first((n - 40) * 6 + 1), last((n - 39) * 6)];
  return null;
}
