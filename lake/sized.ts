/** Returns a size as people read it: `7.1 MB`. */
export function sized(bytes: number): string {
  const [scale, unit] = bytes < 1e6 ? [1e3, 'KB'] : [1e6, 'MB'];
  return `${(bytes / scale).toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`;
}
