// ---- the panel beside the picture
function panel() {
  const p = $('panel');
  p.hidden = light === null;
  if (light === null) return;
  const node = byId.get(light.id), column = node.columns.find(c => c.name === light.column);
  const list = (title, side) => {
    const found = group([...side.all.values()].filter(place => place.node !== light.id), place => place.node);
    return [make('h3', { textContent: `${title}: ${found.size} ${found.size === 1 ? 'object' : 'objects'}` }), ...[...found].map(([id, reached]) => {
      const names = reached.map(r => r.column).filter(name => name !== '');
      return make('button', { onclick: () => { choose(id, names.length === 1 ? names[0] : null); show(id); } }, byId.get(id).short,
        make('small', { textContent: ` ${byId.get(id).role} ${names.length ? names.join(', ') : light.column === null ? '' : 'which rows there are'}` }));
    })];
  };
  p.replaceChildren(
    make('h2', { textContent: node.name + (column ? `.${column.name}` : '') }),
    make('p', {}, ...(node.role ? [chip(node.role), ' '] : []), node.what),
    ...(column ? [make('p', { textContent: column.type }), ...(column.computed ? [make('p', { textContent: column.computed })] : [])] : []),
    ...(node.at ? [make('p', {}, make('small', { textContent: node.at }))] : []),
    ...(node.now ? [make('p', { textContent: node.now })] : []),
    ...(node.fault ? [make('p', { className: 'bad', textContent: node.fault })] : []),
    ...(into.get(node.id) ?? []).concat(outOf.get(node.id) ?? []).filter(e => e.error).map(e => make('p', { className: 'bad', textContent: e.error })),
    ...list('Comes from', light.up), ...list('Goes to', light.down),
    ...(column ? [] : [make('h3', { textContent: `Columns: ${node.columns.length}` }), ...node.columns.map(c =>
      make('button', { onclick: () => choose(node.id, c.name) }, c.name, make('small', { textContent: ` ${c.type} ${c.computed}` })))]));
  p.scrollTop = 0;
}
const chip = role => { const e = make('span', { className: 'role', textContent: role }); e.style.setProperty('--hue', hueOf(role)); return e; };

// ---- moving about
// The panel takes room away: at the side, or below where the window is narrow.
const isNarrow = () => innerWidth <= 760;
const roomWide = () => $('view').clientWidth - (light && !isNarrow() ? 350 : 0);
const roomHigh = () => $('view').clientHeight * (light && isNarrow() ? .56 : 1);
function move() {
  $('world').style.transform = `translate(${dx}px,${dy}px) scale(${scale})`;
  $('view').classList.toggle('far', scale < .55);
  $('view').style.backgroundPosition = `${dx}px ${dy}px`;
}
function zoom(by, x = $('view').clientWidth / 2, y = $('view').clientHeight / 2) {
  const to = Math.min(2.5, Math.max(.05, scale * by));
  dx = x - (x - dx) * to / scale; dy = y - (y - dy) * to / scale; scale = to;
  move();
}
// The least scale is for the first look: what cannot be read shows nothing; key 0 shows everything.
function fit(ids = [...places.at.keys()], least = .05) {
  const spots = ids.map(id => places.at.get(id)).filter(Boolean);
  if (!spots.length) return;
  const x0 = Math.min(...spots.map(s => s.x)), y0 = Math.min(...spots.map(s => s.y));
  const x1 = Math.max(...spots.map(s => s.x + CARD)), y1 = Math.max(...spots.map(s => s.y + s.h));
  const w = roomWide(), h = roomHigh();
  scale = Math.min(1.1, Math.max(least, Math.min((w - 60) / (x1 - x0), (h - 60) / (y1 - y0))));
  const centre = (room, from, to, at) => (to - from) * scale <= room - 40 ? (room - (to - from) * scale) / 2 - from * scale
    : Math.max(room - 30 - to * scale, Math.min(30 - from * scale, at === null ? 30 - from * scale : room / 2 - at * scale));
  const middle = light && places.at.get(light.id);
  dx = centre(w, x0, x1, middle ? middle.x + CARD / 2 : null); dy = centre(h, y0, y1, middle ? middle.y + middle.h / 2 : null);
  move();
}
function show(id) {
  const spot = places.at.get(id), w = roomWide(), h = roomHigh();
  if (scale < .55) scale = .9;
  dx = w / 2 - (spot.x + CARD / 2) * scale; dy = h / 2 - (spot.y + spot.h / 2) * scale;
  move();
}
const view = $('view');
let drag = null, fingers = new Map();
view.addEventListener('pointerdown', e => {
  fingers.set(e.pointerId, e);
  if (e.target.closest('button')) return;
  drag = { x: e.clientX - dx, y: e.clientY - dy, still: true };
  view.setPointerCapture(e.pointerId);
  view.classList.add('drag');
});
view.addEventListener('pointermove', e => {
  if (!fingers.has(e.pointerId)) return;
  if (fingers.size === 2) {
    const [other] = [...fingers.values()].filter(f => f.pointerId !== e.pointerId), was = fingers.get(e.pointerId);
    const far = f => Math.hypot(f.clientX - other.clientX, f.clientY - other.clientY), box = view.getBoundingClientRect();
    zoom(far(e) / Math.max(1, far(was)), (e.clientX + other.clientX) / 2 - box.left, (e.clientY + other.clientY) / 2 - box.top);
  } else if (drag) {
    drag.still &&= Math.hypot(e.clientX - dx - drag.x, e.clientY - dy - drag.y) < 3;
    if (!drag.still) { dx = e.clientX - drag.x; dy = e.clientY - drag.y; move(); }
  }
  fingers.set(e.pointerId, e);
});
for (const end of ['pointerup', 'pointercancel'])
  view.addEventListener(end, e => {
    fingers.delete(e.pointerId);
    if (drag?.still && light && end === 'pointerup') choose(null);
    drag = null;
    view.classList.remove('drag');
  });
view.addEventListener('wheel', e => {
  e.preventDefault();
  const box = view.getBoundingClientRect();
  zoom(Math.exp(-e.deltaY * (e.deltaMode ? .05 : .0016)), e.clientX - box.left, e.clientY - box.top);
}, { passive: false });
view.addEventListener('focusin', e => {
  view.scrollTop = view.scrollLeft = 0;
  const key = e.target.dataset?.key;
  if (!key || !e.target.matches(':focus-visible')) return;
  const box = e.target.getBoundingClientRect(), around = view.getBoundingClientRect();
  if (box.left < around.left || box.right > around.right || box.top < around.top || box.bottom > around.bottom || scale < .55) show(key.split('\n')[0]);
});

// ---- finding
const index = nodes.flatMap(node => [{ node, text: node.name }, ...node.columns.map(c => ({ node, column: c.name, text: `${node.name}.${c.name}` }))]);
let hits = [], hit = 0;
function find() {
  const words = $('find').value.toLowerCase().split(/\s+/).filter(Boolean);
  hits = words.length ? index.filter(i => words.every(word => i.text.toLowerCase().includes(word))).sort((a, b) => (a.column ? 1 : 0) - (b.column ? 1 : 0) || a.text.length - b.text.length).slice(0, 30) : [];
  hit = 0;
  $('found').hidden = !hits.length;
  $('find').setAttribute('aria-expanded', String(hits.length > 0));
  $('found').replaceChildren(...hits.map((found, i) => {
    const li = make('li', { id: `hit${i}`, onpointerdown: e => { e.preventDefault(); take(found); } }, found.text, make('small', { textContent: `  ${found.node.role} ${found.node.what}` }));
    li.setAttribute('role', 'option');
    return li;
  }));
  mark();
}
function mark() {
  [...$('found').children].forEach((li, i) => li.setAttribute('aria-selected', String(i === hit)));
  $('find').setAttribute('aria-activedescendant', hits.length ? `hit${hit}` : '');
  $('found').children[hit]?.scrollIntoView({ block: 'nearest' });
}
function take(found) {
  if (!found) return;
  $('find').value = ''; find(); $('find').blur();
  choose(found.node.id, found.column ?? null);
  show(found.node.id);
  found.node.element.querySelector('.head').focus({ preventScroll: true });
}
$('find').addEventListener('input', find);
$('find').addEventListener('blur', () => { $('found').hidden = true; });
$('find').addEventListener('keydown', e => {
  if (e.key === 'ArrowDown' || e.key === 'ArrowUp') { hit = Math.max(0, Math.min(hits.length - 1, hit + (e.key === 'ArrowDown' ? 1 : -1))); mark(); e.preventDefault(); }
  else if (e.key === 'Enter') take(hits[hit]);
  else if (e.key === 'Escape') { $('find').value = ''; find(); $('find').blur(); }
  e.stopPropagation();
});

// ---- keys
function go(key) {
  const here = document.activeElement?.dataset?.key?.split('\n')[0] ?? light?.id ?? nodes.find(node => !into.has(node.id))?.id ?? nodes[0]?.id;
  const spot = places.at.get(here);
  if (!spot) return;
  const near = id => Math.abs(places.at.get(id).y - spot.y);
  const linked = key === 'ArrowLeft' ? (into.get(here) ?? []).map(e => e.from) : key === 'ArrowRight' ? (outOf.get(here) ?? []).map(e => e.to)
    : nodes.map(n => n.id).filter(id => places.at.get(id).layer === spot.layer && (key === 'ArrowUp' ? places.at.get(id).y < spot.y : places.at.get(id).y > spot.y));
  const to = linked.sort((a, b) => near(a) - near(b))[0] ?? here;
  byId.get(to).element.querySelector('.head').focus({ preventScroll: true });
  const now = places.at.get(to), x = now.x * scale + dx, y = now.y * scale + dy;
  if (x < 0 || y < 0 || x + CARD * scale > roomWide() || y + 60 * scale > roomHigh() || scale < .55) show(to);
}
const theme = () => { const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches; root.dataset.theme = dark ? 'light' : 'dark'; };
document.addEventListener('keydown', e => {
  if (e.ctrlKey || e.metaKey || e.altKey || $('help').open) return;
  if (e.key === '/') $('find').focus();
  else if (e.key === 'Escape') choose(null);
  else if (e.key === '+' || e.key === '=') zoom(1.25);
  else if (e.key === '-') zoom(.8);
  else if (e.key === '0') fit();
  else if (e.key === 't') theme();
  else if (e.key === '?') $('help').showModal();
  else if (e.key.startsWith('Arrow')) go(e.key);
  else return;
  e.preventDefault();
});
$('in').onclick = () => zoom(1.25);
$('out').onclick = () => zoom(.8);
$('fit').onclick = () => fit();
$('theme').onclick = theme;
$('keys').onclick = () => $('help').showModal();
$('count').textContent = count;
for (const role of roles.filter(r => r !== '')) $('roles').append(make('li', {}, chip(role)));

// ---- start: where the address says, or where the command was asked
const [asked, column] = location.hash.slice(1).split('!').map(decodeURIComponent);
draw();
if (byId.has(asked)) choose(asked, column ?? null);
else if (start) choose(start.id, start.column);
fit(light ? [...light.on] : undefined, .72);
