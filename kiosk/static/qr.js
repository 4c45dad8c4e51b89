// A QR code for a citizen's link, so that nobody needs a phone number to follow their turn on a phone.
// Byte mode, error correction M, versions 1–6 (up to 106 bytes), after ISO/IEC 18004.

import { html, nothing, svg } from "lit";

// version: [data codewords, correction codewords a block, blocks, centre of the alignment pattern]
const VERSIONS = [null, [16, 10, 1, 0], [28, 16, 1, 18], [44, 26, 1, 22], [64, 18, 2, 26], [86, 24, 2, 30], [108, 16, 4, 34]];
const MASKS = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (r, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

/** The code as an SVG picture with its quiet zone; nothing when the text is too long for it. */
export function qrSvg(text) {
  const grid = qrModules(text);
  if (!grid) return nothing;
  const size = grid.length + 8;
  let path = "";
  grid.forEach((row, r) => row.forEach((dark, c) => {
    if (dark) path += `M${c + 4} ${r + 4}h1v1h-1z`;
  }));
  return html`<svg class="qr-code" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR" shape-rendering="crispEdges">
    ${svg`<rect width=${size} height=${size} fill="#fff"/><path d=${path} fill="#000"/>`}</svg>`;
}

/** Rows of true (dark) and false, or null when `text` needs more than version 6. */
export function qrModules(text) {
  const bytes = new TextEncoder().encode(text);
  const version = VERSIONS.findIndex((v) => v && bytes.length <= v[0] - 2);
  if (version < 0) return null;
  const frame = drawFrame(version);
  const codewords = interleave(dataCodewords(bytes, VERSIONS[version][0]), VERSIONS[version]);
  let best = null;
  MASKS.forEach((mask, number) => {
    const grid = fill(frame, codewords, mask);
    drawFormat(grid, number);
    const cost = penalty(grid);
    if (!best || cost < best.cost) best = { grid, cost };
  });
  return best.grid;
}

function dataCodewords(bytes, room) {
  const bits = [];
  const push = (value, length) => {
    for (let i = length - 1; i >= 0; i -= 1) bits.push((value >> i) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, 8);
  bytes.forEach((byte) => push(byte, 8));
  push(0, Math.min(4, room * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const words = [];
  for (let i = 0; i < bits.length; i += 8) words.push(parseInt(bits.slice(i, i + 8).join(""), 2));
  for (let pad = 0xec; words.length < room; pad ^= 0xfd) words.push(pad);
  return words;
}

// Reed–Solomon over GF(256), 0x11d.
const EXP = [];
const LOG = [];
for (let i = 0, x = 1; i < 255; i += 1) {
  EXP[i] = x;
  LOG[x] = i;
  x = (x << 1) ^ (x & 0x80 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? EXP[(LOG[a] + LOG[b]) % 255] : 0);

function correction(data, count) {
  let generator = [1];
  for (let i = 0; i < count; i += 1) {
    const next = [...generator, 0];
    generator.forEach((value, at) => {
      next[at + 1] ^= times(value, EXP[i]);
    });
    generator = next;
  }
  const rest = [...data, ...Array(count).fill(0)];
  for (let i = 0; i < data.length; i += 1) {
    const lead = rest[i];
    generator.forEach((value, at) => {
      rest[i + at] ^= times(value, lead);
    });
  }
  return rest.slice(data.length);
}

function interleave(data, [total, correctionLength, blocks]) {
  const each = total / blocks;
  const parts = Array.from({ length: blocks }, (_, i) => data.slice(i * each, (i + 1) * each));
  const checks = parts.map((part) => correction(part, correctionLength));
  const out = [];
  for (let i = 0; i < each; i += 1) parts.forEach((part) => out.push(part[i]));
  for (let i = 0; i < correctionLength; i += 1) checks.forEach((check) => out.push(check[i]));
  return out;
}

// The fixed patterns; undefined is room for data.
function drawFrame(version) {
  const size = 17 + 4 * version;
  const grid = Array.from({ length: size }, () => Array(size).fill(undefined));
  const square = (row, col, radius) => {
    for (let r = -radius; r <= radius; r += 1) {
      for (let c = -radius; c <= radius; c += 1) {
        const ring = Math.max(Math.abs(r), Math.abs(c));
        if (grid[row + r]?.[col + c] === undefined && row + r >= 0 && col + c >= 0 && row + r < size && col + c < size) {
          grid[row + r][col + c] = radius === 4 ? ring !== 2 && ring !== 4 : ring !== 1;
        }
      }
    }
  };
  square(3, 3, 4);
  square(3, size - 4, 4);
  square(size - 4, 3, 4);
  const align = VERSIONS[version][3];
  if (align) square(align, align, 2);
  for (let i = 8; i < size - 8; i += 1) grid[6][i] = grid[i][6] = i % 2 === 0;
  drawFormat(grid, 0);
  grid[size - 8][8] = true;
  return grid;
}

function drawFormat(grid, mask) {
  const size = grid.length;
  const data = mask; // level M is 00
  let rest = data << 10;
  for (let bit = 14; bit >= 10; bit -= 1) if (rest & (1 << bit)) rest ^= 0x537 << (bit - 10);
  const bits = ((data << 10) | rest) ^ 0x5412;
  const at = (i) => Boolean((bits >> i) & 1);
  for (let i = 0; i < 15; i += 1) {
    const row = i < 6 ? i : i < 8 ? i + 1 : size - 15 + i;
    const col = i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i;
    grid[row][8] = at(i);
    grid[8][col] = at(i);
  }
  grid[size - 8][8] = true;
}

function fill(frame, codewords, mask) {
  const grid = frame.map((row) => [...row]);
  const size = grid.length;
  let index = 0;
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right -= 1;
    for (let step = 0; step < size; step += 1) {
      const row = up ? size - 1 - step : step;
      for (const col of [right, right - 1]) {
        if (frame[row][col] !== undefined) continue;
        const bit = (codewords[index >> 3] >> (7 - (index & 7))) & 1;
        grid[row][col] = Boolean(bit) !== mask(row, col);
        index += 1;
      }
    }
  }
  return grid;
}

function penalty(grid) {
  const size = grid.length;
  const columns = grid.map((_, c) => grid.map((row) => row[c]));
  let cost = 0;
  for (const line of [...grid, ...columns]) {
    const text = line.map(Number).join("");
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) cost += run.length - 2;
    for (const finder of ["10111010000", "00001011101"]) {
      for (let at = text.indexOf(finder); at >= 0; at = text.indexOf(finder, at + 1)) cost += 40;
    }
  }
  for (let r = 1; r < size; r += 1) {
    for (let c = 1; c < size; c += 1) {
      if (grid[r][c] === grid[r - 1][c] && grid[r][c] === grid[r][c - 1] && grid[r][c] === grid[r - 1][c - 1]) cost += 3;
    }
  }
  const dark = grid.flat().filter(Boolean).length / (size * size);
  return cost + Math.floor(Math.abs(dark - 0.5) * 20) * 10;
}
