// The snippet sends less: servers take no longer URLs, and it cuts all else.
export const maxBodyBytes = 16 * 1024;

const fieldTypes = {
  url: 'string',
  canonical: 'string',
  referrer: 'string',
  utm: 'strings',
  utm_source: 'string',
  utm_medium: 'string',
  utm_campaign: 'string',
  utm_term: 'string',
  utm_content: 'string',
  tz: 'string',
  width: 'number',
  event: 'string',
  bot: 'boolean',
} as const;

type TypeNames = { string: string; strings: string[]; number: number; boolean: boolean };

/** The fields of a hit's body, named as the snippet sends them. */
export type Fields = { [Name in keyof typeof fieldTypes]?: TypeNames[(typeof fieldTypes)[Name]] };

/** Returns a body's known fields. Returns undefined if it exceeds 16 KB, is no object, or has a field of a wrong type. */
export function parseFields(body: string): Fields | undefined {
  if (new TextEncoder().encode(body).length > maxBodyBytes) return undefined;
  const object = parseObject(body);
  if (!object) return undefined;
  const fields: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(fieldTypes)) {
    const value = object[name] ?? '';
    if (value === '') continue; // null and the empty string mean absent
    if (typeOf(value) !== type) return undefined;
    fields[name] = value;
  }
  return fields;
}

const typeOf = (value: unknown) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? 'strings' : typeof value;

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
