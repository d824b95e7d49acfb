import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { batchHandler, ItemChange } from '../shared/events.ts';
import { archiveObjects } from './archive.ts';

const s3 = new S3Client({});

/** Audit events leave for the archive, where nobody of ours can change them. */
export const handler = batchHandler(ItemChange, async (tools, messages) => {
  try {
    const objects = await archiveObjects(
      tools,
      messages.map(({ message }) => ({ pk: message.pk, sk: message.sk })),
    );
    for (const { key, body } of objects) {
      await s3.send(
        new PutObjectCommand({
          Bucket: tools.env('ARCHIVE_BUCKET'),
          Key: key,
          Body: body,
          ContentType: 'application/x-ndjson',
        }),
      );
    }
    return [];
  } catch (error) {
    tools.log.fault('archiving failed', error, { count: messages.length });
    return messages.map(({ id }) => id);
  }
});
