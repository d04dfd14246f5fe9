// More than any honest page sends.
const maxBodyBytes = 4096;

const fieldTypes = {
  url: 'string',
  referrer: 'string',
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

type TypeNames = { string: string; number: number; boolean: boolean };

/** What the body of a hit may hold, by the names that the snippet sends. */
export type Fields = { [Name in keyof typeof fieldTypes]?: TypeNames[(typeof fieldTypes)[Name]] };

/** The known fields of a body, or undefined where it is over 4 KB, not an object, or a field has the wrong type. */
export function parseFields(body: string): Fields | undefined {
  if (new TextEncoder().encode(body).length > maxBodyBytes) return undefined;
  const object = parseObject(body);
  if (!object) return undefined;
  const fields: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(fieldTypes)) {
    const value = object[name] ?? '';
    if (value === '') continue; // null and the empty string mean absent
    if (typeof value !== type) return undefined;
    fields[name] = value;
  }
  return fields;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
