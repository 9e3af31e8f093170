import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { recover, trigger } from '../../../functions/workers/recover-operations.ts'
import { changeSeats } from '../../../lib/actions/seats/change-seats.ts'
import { recoverOperations } from '../../../lib/afterwards/recover-operations.ts'
import { OPERATION_MS_MAX } from '../../../lib/store/commit/lease.ts'
import { RECOVERY_GRACE_MS } from '../../../lib/store/commit/recoveries.ts'
import { keys } from '../../../lib/store/table/table.ts'
import { holdingsOf } from '../../support/kills.ts'
import { holdOf, makeEvents } from '../../support/many-events.ts'
import { phaseOf } from '../../support/phases.ts'
import { openPlainHoldfast, type PlainHoldfast } from '../../support/plain-holdfast.ts'
import { watchFrom } from '../../support/workers.ts'

const OPERATIONS = 3

/** Large commits in as many events, each of whose processes died right after its decision, or right before. */
async function openAbandoned(last: 'lock' | 'decide', operations = OPERATIONS) {
  const holdfast = await openPlainHoldfast({ transactionItemsMax: 2 })
  // Made by a process that needs no large commit for it.
  const maker = holdfast.another('maker', {})
  const parts = await makeEvents(maker, { events: operations, seats: 2 })
  for (const [at, part] of parts.entries()) {
    const process = holdfast.another(`dying-${at}`)
    let writesLeft = last === 'lock' ? 2 : 1
    let isDead = false
    process.wire.fault = () => (isDead ? 'internal-error' : undefined)
    process.wire.applied = (request) => {
      if (phaseOf(request) === last) writesLeft -= 1
      isDead = writesLeft === 0
    }
    // A dead process waits for nothing: its clock stands still for the others.
    const { clock } = holdfast
    const diedAt = clock.now()
    const request = { parts: [part] as const, change: holdOf(holdfast) }
    await changeSeats(process.context, request).catch(() => undefined)
    clock.advance(diedAt - clock.now())
  }
  await watchFrom(holdfast, 0)
  return holdfast
}

const entriesOf = ({ table }: PlainHoldfast) => table.items().filter(({ pk }) => pk === 'R')
const rowsOf = ({ table }: PlainHoldfast) =>
  table.items().filter(({ pk }) => String(pk).startsWith('S#'))

async function count({ runtime }: PlainHoldfast, failed: string[] = []) {
  return recoverOperations(runtime.store, (operationId) => failed.push(operationId))
}

test('it is called by a timer, once a minute', () => {
  expect(trigger).toEqual({ kind: 'timer', everySeconds: 60 })
})

test.each([
  ['undoes what was not decided', 'lock', undefined],
  ['completes what was decided', 'decide', 'held'],
] as const)('it %s, and then has nothing more to do', async (_, last, status) => {
  const holdfast = await openAbandoned(last)
  expect(entriesOf(holdfast)).toHaveLength(OPERATIONS)
  holdfast.clock.advance(OPERATION_MS_MAX + RECOVERY_GRACE_MS)
  await recover(holdfast.runtime)
  expect(rowsOf(holdfast).map(({ s }) => s)).toEqual(
    Array.from({ length: 2 * OPERATIONS }, () => status),
  )
  expect(holdingsOf(holdfast.table).loose).toEqual([])
  expect(await count(holdfast)).toEqual({ ended: 0, running: 0, failed: 0 })
  expect(holdfast.log).toEqual([])
})

test.each([
  ['a millisecond before', 0, -1],
  ['exactly when', OPERATIONS, 0],
  ['a millisecond after', OPERATIONS, 1],
])('%s they are due, it ends %i operations', async (_, ended, more) => {
  const holdfast = await openAbandoned('lock')
  holdfast.clock.advance(OPERATION_MS_MAX + RECOVERY_GRACE_MS + more)
  expect(await count(holdfast)).toEqual({ ended, running: 0, failed: 0 })
})

test('one operation that fails is put off, and does not stop the others', async () => {
  const holdfast = await openAbandoned('decide')
  holdfast.clock.advance(OPERATION_MS_MAX + RECOVERY_GRACE_MS)
  let victim: string | undefined
  holdfast.wire.fault = ({ input }) => {
    const { Key } = input as { Key?: { pk: { S: string } } }
    const pk = Key?.pk.S
    if (pk?.startsWith('O#') !== true) return undefined
    victim ??= pk
    return pk === victim ? 'internal-error' : undefined
  }
  const failed: string[] = []
  expect(await count(holdfast, failed)).toEqual({ ended: OPERATIONS - 1, running: 0, failed: 1 })
  expect(failed).toEqual([victim?.slice(2)])
  expect(entriesOf(holdfast)).toHaveLength(1)
  holdfast.wire.fault = undefined
  expect(await count(holdfast)).toEqual({ ended: 0, running: 0, failed: 0 })
  holdfast.clock.advance(600_000)
  expect(await count(holdfast)).toEqual({ ended: 1, running: 0, failed: 0 })
})

test('however many fail, those that are due after them are ended', async () => {
  const holdfast = await openAbandoned('decide', 130)
  holdfast.clock.advance(OPERATION_MS_MAX + RECOVERY_GRACE_MS)
  const [sound] = entriesOf(holdfast).slice(-1)
  holdfast.wire.fault = ({ input }) => {
    const { Key } = input as { Key?: { pk: { S: string } } }
    const pk = Key?.pk.S ?? ''
    return pk.startsWith('O#') && pk !== `O#${String(sound?.['op'])}` ? 'internal-error' : undefined
  }
  const failed: string[] = []
  const runs = [await count(holdfast, failed), await count(holdfast, failed)]
  expect(runs.map(({ ended }) => ended)).toEqual([0, 1])
  expect(new Set(failed).size).toBe(129)
})

test('one operation that cannot be read is put off, and does not stop the others', async () => {
  const holdfast = await openAbandoned('decide')
  const { port, clock } = holdfast
  const [first] = entriesOf(holdfast)
  const operationId = String(first?.['op'])
  const setState = (st: string) =>
    port.writer.send(
      new UpdateCommand({
        TableName: port.tableName,
        Key: keys.operation(operationId),
        UpdateExpression: 'SET st = :st',
        ExpressionAttributeValues: { ':st': st },
      }),
    )
  await setState('?')
  clock.advance(OPERATION_MS_MAX + RECOVERY_GRACE_MS)
  expect(await count(holdfast)).toEqual({ ended: OPERATIONS - 1, running: 0, failed: 1 })
  expect(holdfast.log).toMatchObject([{ level: 'error', key: keys.operation(operationId) }])
  expect(await count(holdfast)).toEqual({ ended: 0, running: 0, failed: 0 })
  await setState('C')
  clock.advance(600_000)
  expect(await count(holdfast)).toEqual({ ended: 1, running: 0, failed: 0 })
  expect(holdingsOf(holdfast.table).loose).toEqual([])
})

test('two timers at once do it once', async () => {
  const holdfast = await openAbandoned('decide')
  holdfast.clock.advance(OPERATION_MS_MAX + RECOVERY_GRACE_MS)
  const other = holdfast.another('other')
  await Promise.all([recover(holdfast.runtime), recover(other.runtime)])
  const { sold, loose } = holdingsOf(holdfast.table)
  expect(loose).toEqual([])
  const versions = [...sold.values()].flatMap(({ pk, v }) =>
    String(pk).startsWith('S#') ? [v] : [],
  )
  expect(versions).toEqual(Array.from({ length: 2 * OPERATIONS }, () => 1))
})

test('more operations than one run takes are ended by the next runs', async () => {
  const holdfast = await openAbandoned('decide', 130)
  holdfast.clock.advance(OPERATION_MS_MAX + RECOVERY_GRACE_MS)
  let runs = 0
  while (entriesOf(holdfast).length > 0 && runs < 3) {
    await recover(holdfast.runtime)
    runs += 1
  }
  expect(runs).toBe(2)
  expect(holdingsOf(holdfast.table).loose).toEqual([])
})
