import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { recoverOperations } from '../../../../lib/afterwards/recover-operations.ts'
import { instant } from '../../../../lib/clock.ts'
import type { Item } from '../../../../lib/store/table/items.ts'
import type { Port } from '../../../../lib/store/table/port.ts'
import { openStore } from '../../../../lib/store/table/store.ts'
import { watchOperations, type StreamImages } from '../../../../lib/store/commit/watch.ts'
import type { Command } from '../../../support/plain-client.ts'
import { toItem } from '../../../support/plain-marshal.ts'
import type { Catalog, Table } from './catalog.ts'
import type { TinyTable } from './tiny-table.ts'
import { allLarge } from './view.ts'

// Everybody has stopped, all deadlines have passed, and the workers run until there is nothing to do; nothing goes wrong.
//
// The workers get as little help as the stream may give them: the record of a header that was opened, and the records of locks
// that landed when their operation was over. All other records of locks may have been handled at the moment they were made, when
// their operation was pending, and then came to nothing.

/** Milliseconds after the last time of a scene. */
const LONG = 60_000

/** What there is to recover. */
export interface Abandoned {
  readonly table: Table
  /** Rows, by key, of whose locks the stream still tells. */
  readonly alarms: readonly number[]
  /** The last time that anybody saw. */
  readonly time: number
}

/** Runs the production workers over the table; answers what they leave. */
export async function restOf(
  { catalog, tiny }: { catalog: Catalog; tiny: TinyTable },
  { table, alarms, time }: Abandoned,
): Promise<Table> {
  const state = { table }
  const port = portOver(tiny, state, time + LONG)
  const store = openStore(port)
  const opened = allLarge(catalog, table).filter(({ header }) => header['fin'] === undefined)
  const records: StreamImages[] = [
    ...opened.map(({ header }) => ({ before: undefined, after: imageOf(header) })),
    ...alarms.flatMap((keyId) => {
      const row = catalog.itemAt(table[keyId] ?? 0)
      return row?.['lk'] === undefined ? [] : [{ before: undefined, after: imageOf(row) }]
    }),
  ]
  if (records.length > 0) await watchOperations(store, records)
  await recoverOperations(store, (operationId, error) => {
    throw new Error(`Recovery of ${operationId} failed`, { cause: error })
  })
  return state.table
}

function imageOf(item: Item): Record<string, AttributeValue> {
  return toItem(item) as Record<string, AttributeValue>
}

function portOver(tiny: TinyTable, state: { table: Table }, now: number): Port {
  const send = (command: Command) => {
    const { table, answer } = tiny.run(state.table, tiny.request(command))
    state.table = table
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    return answer.isError ? Promise.reject(answer.make()) : Promise.resolve(answer.make())
  }
  const client = { send } as unknown as DynamoDBDocumentClient
  const name = () => 'recovery-1'
  return {
    tableName: 'tiny',
    reader: client,
    writer: client,
    clock: { now: () => instant(now), sleep: () => Promise.resolve() },
    ids: { ulid: name, hex: name, uuid: name, random: () => 0.5 },
    transactionItemsMax: 100,
    statementsMax: 1,
    log: () => undefined,
  }
}
