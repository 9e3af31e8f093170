import { randomUUID } from 'node:crypto'
import type { Change } from '../items/commit.ts'
import { itemSize } from '../items/item-size.ts'
import { keyOf, keyOfItem } from '../items/keys.ts'
import type { Step, Store } from '../store.ts'
import type { Stream, StreamRecord, Table } from '../types.ts'

/** Sequence numbers are this long, so that they sort as text too. */
const sequenceDigits = 21

/** Writes a record's number as the long digit string that consumers see. */
export function sequenceText(sequence: bigint): string {
  return `1${String(sequence).padStart(sequenceDigits - 1, '0')}`
}

/** The enabled stream of a table. */
export function enabledStream(store: Store, table: Table): Stream | undefined {
  if (table.description.StreamSpecification?.StreamEnabled !== true) return undefined
  return store.streams.get(table.description.LatestStreamArn ?? '')
}

/** The stream records of changes that really change something, numbered in their order. */
export function recordSteps(store: Store, changes: readonly Change[]): Step[] {
  const steps: Step[] = []
  for (const change of changes) {
    const stream = enabledStream(store, change.table)
    if (stream === undefined) continue
    store.sequence += 1n
    const record = toRecord(store, change, stream)
    const key = keyOf.records(stream.label, stream.tableName) + record.dynamodb.SequenceNumber
    steps.push({ type: 'put', key, value: record })
  }
  if (steps.length > 0) {
    steps.push({ type: 'put', key: keyOf.sequence, value: String(store.sequence) })
  }
  return steps
}

function toRecord(store: Store, change: Change, stream: Stream): StreamRecord {
  const { before, after } = change
  const key = keyOfItem({ KeySchema: stream.keySchema }, after ?? before ?? {})
  const shows = (image: 'NEW' | 'OLD') =>
    stream.viewType === 'NEW_AND_OLD_IMAGES' || stream.viewType === `${image}_IMAGE`
  const images = {
    ...(after && shows('NEW') ? { NewImage: after } : {}),
    ...(before && shows('OLD') ? { OldImage: before } : {}),
  }
  const size = Object.values(images).reduce((sum, image) => sum + itemSize(image), itemSize(key))
  return {
    eventID: randomUUID().replaceAll('-', ''),
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: store.origin.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(store.clock.now() / 1000),
      Keys: key,
      ...images,
      SequenceNumber: sequenceText(store.sequence),
      SizeBytes: size,
      StreamViewType: stream.viewType,
    },
    ...(change.expired === true
      ? { userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } }
      : {}),
  }
}
