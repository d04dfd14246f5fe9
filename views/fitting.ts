/** Returns as many of the first items as fit into `maxBytes` of JSON. */
export function fitting<Item>(items: Item[], maxBytes: number): Item[] {
  const encoder = new TextEncoder();
  let bytes = 0;
  const tooMany = items.findIndex((item) => {
    bytes += encoder.encode(JSON.stringify(item)).length + 1;
    return bytes > maxBytes;
  });
  return tooMany < 0 ? items : items.slice(0, tooMany);
}
