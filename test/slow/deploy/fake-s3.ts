import type { Account } from './account.ts';
import type { AwsCall } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import type { Answer } from './fake-aws.ts';
import { toXml } from './xml.ts';

/** Answers as S3 does. */
export function s3(account: Account, { operation, input, body, headers }: AwsCall): Answer {
  const { Bucket = '', Key = '', prefix = '' } = input;
  const objects = account.buckets.get(Bucket);
  if (!objects) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  const object = objects.get(Key);
  switch (operation) {
    case 'HeadBucket':
      return { body: '', headers: {} };
    case 'ListObjectsV2': {
      const listed = [...objects].filter(([key]) => key.startsWith(prefix)).sort();
      const contents = listed.map(([key, { body, modified }]) =>
        toXml({ Contents: { Key: key, Size: body.length, LastModified: modified.toISOString() } }),
      );
      return xml(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`);
    }
    case 'HeadObject':
    case 'GetObject': {
      if (!object) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
      const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
      const headers = { ...Object.fromEntries(metadata), 'last-modified': object.modified.toUTCString() };
      return { body: operation === 'GetObject' ? object.body : '', headers };
    }
    case 'PutObject': {
      const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
      objects.set(Key, {
        body: isChunked(headers) ? unchunked(body) : body,
        modified: new Date(),
        metadata: Object.fromEntries(metadata.map(([name, value]) => [name.slice('x-amz-meta-'.length), `${value}`])),
      });
      return { body: '', headers: { etag: '"1"' } };
    }
    case 'DeleteObjects': {
      const keys = [...body.toString().matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key ?? '');
      for (const key of keys) objects.delete(key);
      return xml(`<DeleteResult>${keys.map((key) => toXml({ Deleted: { Key: key } })).join('')}</DeleteResult>`);
    }
    default:
      throw new Error(`No stand-in for S3's ${operation}`);
  }
}

const xml = (body: string) => ({ body, headers: { 'content-type': 'application/xml' } });

const isChunked = (headers: AwsCall['headers']) => /aws-chunked/.test(`${headers['content-encoding']}`);

/** Returns the content of a body in the encoding `aws-chunked`: sizes in hexadecimal, each before its piece. */
function unchunked(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!size) return Buffer.concat(pieces);
    pieces.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
