import { DeleteItemCommand, type DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Day } from '../core/calendar/day.ts';
import type { Note } from '../core/report/notes.ts';
import { itemKey, notesPartition } from './item.ts';

/** The partition `(notes)` of the statistics table: what the owner wrote about days. The methods throw the SDK's errors. */
export function notesStore(client: DynamoDBClient, tableName: string) {
  const placeOf = ({ day, site }: Pick<Note, 'day' | 'site'>) => itemKey(notesPartition, `${day}/${site}`);

  return {
    /** Reads the notes from one day to another. */
    async read(first: Day, last: Day): Promise<Note[]> {
      const query = new QueryCommand({
        TableName: tableName,
        // The owner sees a note right after saving it.
        ConsistentRead: true,
        KeyConditionExpression: '#day = :day AND #url BETWEEN :first AND :last',
        ExpressionAttributeNames: { '#day': 'day', '#url': 'url' },
        ExpressionAttributeValues: {
          ':day': { S: notesPartition },
          ':first': { S: first },
          ':last': { S: `${last}/~` },
        },
      });
      const { Items = [] } = await client.send(query);
      return Items.map(({ url, text }) => {
        const [day, site = ''] = (url?.S ?? '').split('/');
        return { day: day as Day, site, text: text?.S ?? '' };
      });
    },

    /** Stores a note, in place of the one that the day has. */
    async write(note: Note): Promise<void> {
      const update = new UpdateItemCommand({
        TableName: tableName,
        Key: placeOf(note),
        UpdateExpression: 'SET #text = :text',
        ExpressionAttributeNames: { '#text': 'text' },
        ExpressionAttributeValues: { ':text': { S: note.text } },
      });
      await client.send(update);
    },

    /** Deletes a note, if there is such a one. */
    async erase(note: Pick<Note, 'day' | 'site'>): Promise<void> {
      await client.send(new DeleteItemCommand({ TableName: tableName, Key: placeOf(note) }));
    },
  };
}
