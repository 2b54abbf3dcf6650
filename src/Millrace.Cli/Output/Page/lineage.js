const { nodes, edges, columns, parts, alone, start, count } = JSON.parse(document.getElementById('data').textContent);
const $ = id => document.getElementById(id);
const make = (tag, set = {}, ...children) => { const e = Object.assign(document.createElement(tag), set); e.append(...children); return e; };
const byId = new Map(nodes.map(node => [node.id, node]));
const group = (list, key) => list.reduce((map, item) => (map.get(key(item)) ?? map.set(key(item), []).get(key(item))).push(item) && map, new Map());
const outOf = group(edges, e => e.from), into = group(edges, e => e.to);
const pairs = new Set(edges.flatMap(e => [`${e.from}|${e.to}`, `${e.to}|${e.from}`]));
function linkedNodes(a, b) { return pairs.has(`${a}|${b}`); }
const cell = (node, column) => `${node}\n${column}`;
const colsOut = group(columns, c => cell(c.from, c.fromColumn)), colsIn = group(columns, c => cell(c.to, c.toColumn));
const roles = [...new Set(nodes.map(node => node.role))].sort();
const manyRoles = roles.filter(role => role !== '').length > 1;
const HUES = [212, 152, 28, 282, 338, 188, 92, 48, 250, 12];
const hueOf = role => role === '' ? 45 : HUES[roles.filter(r => r !== '').indexOf(role) % HUES.length];
const few = nodes.length <= 40, SHOWN = 8;
const open = new Set();
let light = null, places, scale = 1, dx = 0, dy = 0;

// ---- what depends on what: the same walk as `millrace impact`
function walk(id, column, up) {
  const values = new Map([[cell(id, column ?? ''), { node: id, column: column ?? '' }]]);
  spread(values, true);
  const all = new Map(values);
  spread(all, false);
  return { values, all };
  function spread(seen, onlyValues) {
    const queue = [...seen.values()];
    for (let here; (here = queue.shift());)
      for (const next of steps(here))
        if (!(onlyValues && next.kind === 'indirect') && !seen.has(cell(next.node, next.column))) {
          seen.set(cell(next.node, next.column), next);
          queue.push(next);
        }
  }
  function steps(here) {
    const whole = () => ((up ? into : outOf).get(here.node) ?? []).map(e => ({ node: up ? e.from : e.to, column: '', kind: e.kind }));
    if (column === null) return whole();
    if (here.column === '') return up ? [] : whole();
    const of = name => ((up ? colsIn : colsOut).get(cell(here.node, name)) ?? []).map(c => ({ node: up ? c.from : c.to, column: up ? c.fromColumn : c.toColumn, kind: c.kind }));
    return [...of(here.column), ...of(''), ...whole().filter(next => byId.get(next.node).kind === 'topic')];
  }
}

function choose(id, column = null) {
  if (!byId.has(id)) { light = null; }
  else {
    const up = walk(id, column, true), down = walk(id, column, false);
    const on = new Set([...up.all.values(), ...down.all.values()].map(place => place.node));
    const cells = new Map();
    for (const { node, column: name } of [...up.all.values(), ...down.all.values()]) if (name !== '') cells.set(cell(node, name), up.values.has(cell(node, name)) || down.values.has(cell(node, name)) ? 'hot' : 'cold');
    light = { id, column, on, cells, up, down };
  }
  history.replaceState(null, '', light ? `#${encodeURIComponent(id)}${column === null ? '' : `!${encodeURIComponent(column)}`}` : location.pathname + location.search);
  draw(id);
  panel();
}

// ---- drawing
function shownColumns(node) {
  if (light?.column != null) return node.columns.filter(c => light.cells.has(cell(node.id, c.name)));
  if (open.has(node.id)) return node.columns;
  return few ? node.columns.slice(0, SHOWN) : [];
}
const restOf = node => light?.column != null ? 0 : node.columns.length - shownColumns(node).length;
function heightOf(id) {
  const node = byId.get(id), shown = shownColumns(node).length;
  return 47 + (node.now ? 17 : 0) + (shown || (restOf(node) && few) ? 7 + shown * 20 + (restOf(node) ? 20 : 0) : 0);
}

// Tab goes along the streams: part by part, from left to right, from the top down.
const inOrder = [...parts.flatMap(layers => layers.flatMap(layer => layer.filter(item => item.to === undefined).map(item => item.node))), ...alone].map(id => byId.get(id));

function draw(anchor) {
  const before = anchor && places?.at.get(anchor);
  places = place(parts, heightOf);
  const wide = Math.max(places.width, 4 * (CARD + ACROSS)), perRow = Math.max(1, Math.floor((wide + ACROSS / 2) / (CARD + 24)));
  let top = places.height ? places.height + BETWEEN : 0;
  for (let i = 0; i < alone.length; i += perRow) {
    const row = alone.slice(i, i + perRow);
    row.forEach((id, k) => places.at.set(id, { x: k * (CARD + 24), y: top, h: heightOf(id), layer: k }));
    top += Math.max(...row.map(heightOf)) + DOWN;
  }
  places.height = Math.max(places.height, top);
  const after = anchor && places.at.get(anchor);
  if (before && after) { dx += (before.x - after.x) * scale; dy += (before.y - after.y) * scale; }
  $('world').classList.toggle('lit', light !== null);
  for (const node of inOrder) card(node);
  wires();
  move();
}

function card(node) {
  const spot = places.at.get(node.id);
  const focused = document.activeElement?.dataset?.key;
  const old = node.element;
  const e = node.element ??= $('cards').appendChild(make('div'));
  e.className = ['card', node.kind, node.fault ? 'fault' : '', light?.on.has(node.id) ? 'on' : '', light?.id === node.id && light.column === null ? 'chosen' : ''].join(' ');
  e.style.cssText = `left:${spot.x}px;top:${spot.y}px;--hue:${hueOf(node.role)}`;
  const head = make('button', { className: 'head', title: node.name, onclick: () => choose(node.id) },
    make('span', { className: 'name', textContent: node.short }),
    make('span', { className: 'what' }, ...(node.role && manyRoles ? [make('span', { className: 'role', textContent: node.role })] : []), make('span', { textContent: node.what })));
  head.dataset.key = node.id;
  head.setAttribute('aria-label', `${node.name}, ${node.what}${node.role ? ` on ${node.role}` : ''}`);
  if (node.now) head.append(make('span', { className: 'now', textContent: node.now }));
  const shown = shownColumns(node), rest = restOf(node);
  const list = make('div', { className: 'cols' });
  for (const c of shown) {
    const state = light?.column != null && light.cells.get(cell(node.id, c.name));
    const chosen = light?.id === node.id && light.column === c.name;
    const b = make('button', { className: `col ${state || ''} ${chosen ? 'chosen' : ''}`, title: `${c.name} ${c.type}${c.computed ? ` ${c.computed}` : ''}`, onclick: () => choose(node.id, c.name) },
      make('span', { textContent: c.name }), make('i', { textContent: c.type }));
    b.dataset.key = cell(node.id, c.name);
    list.append(b);
  }
  if (rest && (shown.length || few)) list.append(make('button', { className: 'more', textContent: `${rest} more`, onclick: () => { open.add(node.id); draw(node.id); } }));
  e.replaceChildren(head, ...(list.childElementCount ? [list] : []));
  // What had the focus has it again; of a column that is no longer shown, its object.
  if (old && focused?.split('\n')[0] === node.id) ([...e.querySelectorAll('[data-key]')].find(b => b.dataset.key === focused) ?? head).focus({ preventScroll: true });
}

const svg = (tag, set) => { const e = document.createElementNS('http://www.w3.org/2000/svg', tag); for (const [k, v] of Object.entries(set)) e.setAttribute(k, v); return e; };

function wires() {
  const lines = [], labels = [];
  for (const e of edges) {
    const on = light && light.column === null && light.on.has(e.from) && light.on.has(e.to) && onOneSide(e);
    const points = way(e);
    lines.push(svg('path', { class: `${e.kind} ${on ? 'hot' : ''} ${e.bad ? 'bad' : ''}`, d: curve(points) }));
    if (!e.now) continue;
    const text = svg('text', { class: `flow ${on ? 'hot' : ''} ${e.bad ? 'bad' : ''}`, x: (points[0][0] + points[1][0]) / 2, y: (points[0][1] + points[1][1]) / 2 - 6 });
    text.textContent = e.now;
    labels.push(text);
  }
  if (light?.column != null)
    for (const c of columns) {
      const [a, b] = [light.cells.get(cell(c.from, c.fromColumn)), light.cells.get(cell(c.to, c.toColumn))];
      const rows = c.toColumn === '' && light.up.all.has(cell(c.from, c.fromColumn)) || c.toColumn === '' && light.down.all.has(cell(c.to, ''));
      if (c.from === c.to || !(a && (b || rows && light.on.has(c.to)))) continue;
      if (!sameSide(c)) continue;
      lines.push(svg('path', { class: `${c.kind} ${c.kind !== 'indirect' && a === 'hot' && b === 'hot' ? 'hot' : 'cold'}`, d: curve([[places.at.get(c.from).x + CARD, rowOf(c.from, c.fromColumn)], [places.at.get(c.to).x, rowOf(c.to, c.toColumn)]]) }));
    }
  $('lines').replaceChildren(...lines);
  $('labels').replaceChildren(...labels);
}
const onOneSide = e => [light.up.all, light.down.all].some(side => side.has(cell(e.from, '')) && side.has(cell(e.to, '')));
const sameSide = c => [light.up.all, light.down.all].some(side => side.has(cell(c.from, c.fromColumn)) && (side.has(cell(c.to, c.toColumn)) || c.toColumn === ''));

function rowOf(id, column) {
  const node = byId.get(id), i = shownColumns(node).findIndex(c => c.name === column), top = places.at.get(id).y;
  return i < 0 ? top + 22 : top + 51 + (node.now ? 17 : 0) + i * 20 + 10;
}
function way(e) {
  const a = places.at.get(e.from), b = places.at.get(e.to), points = [[a.x + CARD, a.y + 22]];
  for (let layer = a.layer + 1; layer < b.layer; layer++) {
    const bend = places.at.get(`${e.from}>${e.to}@${layer}`);
    if (bend) points.push([bend.x, bend.y + BEND / 2], [bend.x + CARD, bend.y + BEND / 2]);
  }
  points.push([b.x, b.y + 22]);
  return points;
}
function curve(points) {
  let d = `M${points[0][0]} ${points[0][1]}`;
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1], [x, y] = points[i], back = x < x0;
    const pull = back ? 60 : Math.max(24, (x - x0) / 2);
    d += y === y0 && !back ? `H${x}` : `C${x0 + pull} ${y0 + (back ? 40 : 0)} ${x - pull} ${y + (back ? 40 : 0)} ${x} ${y}`;
  }
  return d;
}
