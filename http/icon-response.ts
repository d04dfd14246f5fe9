import { icons } from '../build/icons.ts';
import type { Request } from './request.ts';
import { publicResponse, type Response } from './response.ts';

const pngs = new Map<string, string>(Object.entries(icons));

/** Returns the icon of home screens in the size that the request names, or the smallest. */
export function iconResponse({ queryStringParameters }: Request): Response {
  const [smallest = ''] = pngs.values();
  return publicResponse(pngs.get(queryStringParameters?.size ?? '') ?? smallest, 'image/png', true);
}
