import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, daysUpTo } from '../core/calendar/day.ts';
import { sharedSecret } from './secret.ts';

/** How long an item of the visitors table lives, in seconds. The longest day has 25 hours. */
export const visitorLifetime = 26 * 3600;

// DynamoDB deletes expired items within a few days.
const daysToPurge = 4;

export type SaltOf = ReturnType<typeof dailySalts>['saltOf'];

/** The days' salts in the visitors table. The methods throw the SDK's errors. */
export function dailySalts(client: DynamoDBClient, tableName: string) {
  const salts = new Map<Day, { salt: Promise<KeyObject>; expires: number }>();
  const itemOf = (day: Day) => ({ TableName: tableName, Key: { visitor: { S: `salt/${day}` } } });

  return {
    /** Returns the salt of a day, 32 random bytes. The first call makes it. Simultaneous calls share one request. */
    saltOf(day: Day, now: number, signal?: AbortSignal): Promise<KeyObject> {
      const known = salts.get(day);
      if (known) return known.salt;
      for (const [past, { expires }] of salts) if (expires <= now) salts.delete(past);
      const bytes = sharedSecret(client, itemOf(day), now + visitorLifetime, signal);
      const salt = bytes.then(createSecretKey); // an HMAC takes 2.5 µs with a key made once, 14 µs with bytes
      salts.set(day, { salt, expires: now + visitorLifetime });
      salt.catch(() => salts.delete(day));
      return salt;
    },

    /** Deletes the salts of the days before `today`. Nobody can link their visitor records to a visitor any more. */
    async purgeSalts(today: Day): Promise<void> {
      const past = daysUpTo(today, daysToPurge + 1).slice(0, -1);
      await Promise.all(past.map((day) => client.send(new DeleteItemCommand(itemOf(day)))));
    },
  };
}

/** Returns the first `length` bytes of the HMAC-SHA-256 of a text. `kind` keeps texts of different kinds apart. */
export const saltedHash = (salt: KeyObject, kind: string, text: string, length: number): Buffer =>
  createHmac('sha256', salt).update(`${kind}\n${text}`).digest().subarray(0, length);
