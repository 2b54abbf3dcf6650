'use strict';
// Heights are only known here: who comes beneath whom in which layer is given, and this finds the places.
const CARD = 220, ACROSS = 68, DOWN = 18, BEND = 12, BETWEEN = 56;

function place(parts, heightOf) {
  const at = new Map();
  let top = 0, width = 0;
  for (const part of parts) {
    const layers = part.map(layer => layer.map(item => ({ ...item, h: item.to === undefined ? heightOf(item.node) : BEND })));
    link(layers);
    for (const layer of layers) stack(layer, () => null);
    for (let round = 0; round < 24; round++) {
      const forth = round % 2 === 0;
      for (let i = forth ? 1 : layers.length - 2; forth ? i < layers.length : i >= 0; i += forth ? 1 : -1)
        stack(layers[i], item => mean(forth ? item.left : item.right) ?? mean(forth ? item.right : item.left));
    }
    let low = Infinity, high = -Infinity;
    for (const layer of layers) for (const item of layer) { low = Math.min(low, item.y); high = Math.max(high, item.y + item.h); }
    layers.forEach((layer, i) => layer.forEach(item =>
      at.set(item.to === undefined ? item.node : `${item.node}>${item.to}@${i}`, { x: i * (CARD + ACROSS), y: item.y - low + top, h: item.h, layer: i })));
    width = Math.max(width, layers.length * (CARD + ACROSS) - ACROSS);
    top += high - low + BETWEEN;
  }
  return { at, width, height: Math.max(0, top - BETWEEN) };
}

// Neighbours are those in the next layer: a bend passes one edge on, a node has them all.
function link(layers) {
  for (const layer of layers) for (const item of layer) { item.left = []; item.right = []; }
  for (let i = 0; i + 1 < layers.length; i++)
    for (const a of layers[i]) for (const b of layers[i + 1]) {
      const linked = a.to !== undefined
        ? b.to !== undefined ? a.node === b.node && a.to === b.to : b.node === a.to
        : b.to !== undefined ? b.node === a.node : linkedNodes(a.node, b.node);
      if (linked) { a.right.push(b); b.left.push(a); }
    }
}

const mean = items => items.length ? items.reduce((sum, item) => sum + item.y + item.h / 2, 0) / items.length : null;

// Each as near to where it wants to be as the others allow: neighbours that would overlap move as one block.
function stack(layer, wanted) {
  const blocks = [];
  for (const item of layer) {
    const centre = wanted(item) ?? (item.y === undefined ? 0 : item.y + item.h / 2);
    let block = { items: [item], h: item.h, sum: centre - item.h / 2, n: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.n + last.h + DOWN > block.sum / block.n; last = blocks.at(-1)) {
      blocks.pop();
      block = { items: [...last.items, ...block.items], h: last.h + DOWN + block.h, sum: last.sum + block.sum - block.n * (last.h + DOWN), n: last.n + block.n };
    }
    blocks.push(block);
  }
  for (const block of blocks) {
    let y = block.sum / block.n;
    for (const item of block.items) { item.y = y; y += item.h + DOWN; }
  }
}
