import { keyOf } from '../items/keys.ts'
import type { Step, Store } from '../store.ts'
import { sequenceText } from './stream-records.ts'
import type { Stream, StreamSpecification, Table } from '../types.ts'

/** Opens the stream of a new table when asked to; answers what to store together with the table. */
export function openStream(
  store: Store,
  table: Table,
  asked: StreamSpecification | undefined,
): Step[] {
  if (asked?.StreamEnabled !== true) return []
  const { description } = table
  const created = store.clock.now()
  const label = new Date(created).toISOString().slice(0, -1)
  const stream: Stream = {
    arn: `${description.TableArn}/stream/${label}`,
    label,
    tableName: description.TableName,
    viewType: asked.StreamViewType ?? 'NEW_AND_OLD_IMAGES',
    keySchema: description.KeySchema,
    created,
    startSequence: sequenceText(store.sequence + 1n),
  }
  description.StreamSpecification = { StreamEnabled: true, StreamViewType: stream.viewType }
  description.LatestStreamLabel = label
  description.LatestStreamArn = stream.arn
  store.streams.set(stream.arn, stream)
  return [{ type: 'put', key: keyOf.stream(stream.arn), value: stream }]
}
