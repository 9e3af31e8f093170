import { instant } from '@holdfast/embedded/clock'
import { keyOf } from '../items/keys.ts'
import type { Step, Store } from '../store.ts'
import { sequenceText } from './stream-records.ts'
import type { Stream, StreamSpecification, Table } from '../types.ts'

/** Opens a new stream on a table when asked to; answers what to store together with the table. */
export function openStream(
  store: Store,
  table: Table,
  asked: StreamSpecification | undefined,
): Step[] {
  if (asked?.StreamEnabled !== true) return []
  const { description } = table
  const { label, created } = freeLabel(store, description.TableArn)
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

/** Closes the stream of a table, if one is open; its records can still be read. */
export function closeStream(store: Store, table: Table): Step[] {
  const { description } = table
  const stream = store.streams.get(description.LatestStreamArn ?? '')
  delete description.StreamSpecification
  if (stream === undefined || stream.endSequence !== undefined) return []
  const closed: Stream = {
    ...stream,
    endSequence: sequenceText(store.sequence),
    disabledAt: store.clock.now(),
  }
  store.streams.set(closed.arn, closed)
  return [{ type: 'put', key: keyOf.stream(closed.arn), value: closed }]
}

/** A label is the time of creation; two streams of a table never share one. */
function freeLabel(store: Store, arn: string): { label: string; created: Stream['created'] } {
  let created = store.clock.now()
  const labelAt = () => new Date(created).toISOString().slice(0, -1)
  while (store.streams.has(`${arn}/stream/${labelAt()}`)) created = instant(created + 1)
  return { label: labelAt(), created }
}
