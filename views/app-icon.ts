import { crc32, deflateSync } from 'node:zlib';

/** The mark of Mark.tsx, in its units: two strokes on a square of 32. */
const strokes = [
  { x: 12, top: 15, bottom: 24 },
  { x: 20, top: 9, bottom: 24 },
];
const [units, radius] = [32, 3];
const [ground, ink] = [
  [0x2f, 0x50, 0xd2],
  [0xff, 0xff, 0xff],
] as const;

/** Half a byte holds as many, so that a byte is two pixels. */
const shades = 16;

/** Draws the icon of home screens as a PNG. It fills its square, because each system cuts its own corners. `size` is even. */
export function appIcon(size: number): Buffer {
  const shade = (x: number, y: number) => shadeAt(x, y, size / units);
  const rows = Array.from({ length: size }, (_, y) => [
    0, // no filter
    ...Array.from({ length: size / 2 }, (_, i) => (shade(2 * i, y) << 4) | shade(2 * i + 1, y)),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([4, 3], 8); // bits of a pixel, and colours by palette
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(Array.from({ length: shades }, (_, shade) => mixed(shade / (shades - 1))).flat())),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Returns how much of a pixel the strokes cover, in shades. */
function shadeAt(x: number, y: number, scale: number): number {
  const [unitX, unitY] = [(x + 0.5) / scale, (y + 0.5) / scale];
  const distances = strokes.map(({ x, top, bottom }) =>
    Math.hypot(unitX - x, unitY - Math.min(bottom, Math.max(top, unitY))),
  );
  const covered = (radius - Math.min(...distances)) * scale + 0.5;
  return Math.round((shades - 1) * Math.min(1, Math.max(0, covered)));
}

const mixed = (part: number) => ground.map((from, i) => Math.round(from + part * ((ink[i] ?? 0) - from)));

function chunk(type: string, data: Buffer): Buffer {
  const [length, body, check] = [Buffer.alloc(4), Buffer.concat([Buffer.from(type), data]), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
