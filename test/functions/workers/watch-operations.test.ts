import type { DynamoDBRecord } from 'aws-lambda'
import { expect, test } from 'vitest'
import { trigger, watchBatch } from '../../../functions/workers/watch-table.ts'
import { OPERATION_MS_MAX } from '../../../lib/store/commit/lease.ts'
import { RECOVERY_GRACE_MS } from '../../../lib/store/commit/recoveries.ts'
import { holdingsOf } from '../../support/kills.ts'
import { openLockedSeats, type LockedSeats } from '../../support/locked-seats.ts'

/** The stream since the commit began, as Lambda hands it over. */
function recordsOf({ table, from }: LockedSeats): DynamoDBRecord[] {
  return table.records.slice(from) as unknown as DynamoDBRecord[]
}

/** The list of what is to be recovered: when each is due, in milliseconds from now. */
function dueIn({ table, clock }: LockedSeats): number[] {
  const entries = table.items().filter(({ pk }) => pk === 'R')
  return entries.map(({ sk }) => Number(String(sk).split('#')[0]) - clock.now())
}

test('it is called by the stream', () => {
  expect(trigger).toEqual({ kind: 'stream' })
})

test('a large commit that begins is entered once, to be looked after some time after its deadline', async () => {
  const locked = await openLockedSeats()
  await locked.enter('pending')
  expect(dueIn(locked)).toEqual([])
  for (let time = 0; time < 2; time += 1) {
    const answer = await watchBatch(locked.runtime, { Records: recordsOf(locked) })
    expect(answer).toEqual({ batchItemFailures: [] })
    expect(dueIn(locked)).toEqual([OPERATION_MS_MAX + RECOVERY_GRACE_MS])
  }
})

test('locks of an operation that is pending are left alone', async () => {
  const locked = await openLockedSeats()
  await locked.enter('pending')
  await watchBatch(locked.runtime, { Records: recordsOf(locked) })
  for (const label of ['A-1', 'A-2', 'A-3', 'A-4']) {
    expect(await locked.item(label)).toMatchObject({ lk: locked.operationId })
  }
})

test('locks of an operation that is aborted are taken off at once', async () => {
  const locked = await openLockedSeats()
  await locked.enter('aborted')
  await watchBatch(locked.runtime, { Records: recordsOf(locked) })
  for (const label of ['A-1', 'A-2', 'A-3', 'A-4']) {
    expect(await locked.item(label)).not.toHaveProperty('lk')
  }
})

test('records of other items, removals and rows without a lock are none of its business', async () => {
  const locked = await openLockedSeats()
  const Records = locked.table.records as unknown as DynamoDBRecord[]
  const before = holdingsOf(locked.table)
  const others = Records.filter(({ dynamodb }) => !dynamodb?.Keys?.['pk']?.S?.startsWith('O#'))
  const removals = others.map(({ dynamodb = {}, ...record }): DynamoDBRecord => {
    const { NewImage = {}, ...rest } = dynamodb
    return { ...record, eventName: 'REMOVE', dynamodb: { ...rest, OldImage: NewImage } }
  })
  const answer = await watchBatch(locked.runtime, { Records: [...others, ...removals] })
  expect(answer).toEqual({ batchItemFailures: [] })
  expect(holdingsOf(locked.table)).toEqual(before)
})

test('a batch in which something failed comes again as a whole, and is logged', async () => {
  const locked = await openLockedSeats()
  await locked.enter('aborted')
  const Records = recordsOf(locked)
  locked.wire.fault = () => 'internal-error'
  const answer = await watchBatch(locked.runtime, { Records })
  const [first] = Records
  expect(answer.batchItemFailures).toEqual([{ itemIdentifier: first?.dynamodb?.SequenceNumber }])
  expect(locked.log).toMatchObject([{ level: 'error', worker: 'watch-table' }])
  locked.wire.fault = undefined
  expect(await watchBatch(locked.runtime, { Records })).toEqual({ batchItemFailures: [] })
  expect(await locked.item('A-1')).not.toHaveProperty('lk')
})
