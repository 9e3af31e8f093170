import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import { addSeconds } from '../../../../lib/clock.ts'
import { OPERATION_MS_MAX } from '../../../../lib/store/commit/lease.ts'
import type { Fault } from '@holdfast/dynamodb/faults'
import { holdingsOf } from '../../../support/kills.ts'
import {
  holdForRival,
  LABELS,
  openLockedSeats,
  SMALL_MAX,
  type LockedSeats,
} from '../../../support/locked-seats.ts'
import { holdOf } from '../../../support/many-events.ts'
import { phaseOf, phases, type Phase } from '../../../support/phases.ts'
import type { PlainProcess } from '../../../support/plain-holdfast.ts'
import { OTHER_TOKEN, TOKEN } from '../../../support/scene.ts'
import { recoverAll } from '../../../support/workers.ts'
import { endOperation } from '../../../../lib/store/commit/recover.ts'

const faults = [
  'lost-before',
  'lost-after',
  'transaction-conflict',
  'throttle',
  'internal-error',
] as const

/** Lets a fault befall the first writes of a phase. */
function spoil(
  { wire }: PlainProcess,
  phase: Phase,
  { fault, times }: { fault: Fault; times: number },
): () => number {
  let left = times
  wire.fault = (request) => {
    if (left === 0 || phaseOf(request) !== phase) return undefined
    left -= 1
    return fault
  }
  return () => times - left
}

/** Opens seats that were never touched, and a process that holds them by a large commit. */
async function openFree(): Promise<LockedSeats & { hold: () => ReturnType<typeof holdAll> }> {
  const locked = await openLockedSeats()
  await locked.lateComer(locked, LABELS)
  return { ...locked, hold: () => holdAll(locked) }
}

function holdAll(locked: LockedSeats) {
  const parts = [{ eventKey: locked.event.eventKey, labels: LABELS }] as const
  return changeSeats(locked.context, { parts, change: holdOf(locked) })
}

/** Who holds the seats, with which version; what is left lying about after everything was recovered. */
async function endOf(locked: LockedSeats) {
  await recoverAll(locked, locked.from)
  const { sold, loose } = holdingsOf(locked.table)
  const kinds = [...sold.values()].map(({ pk }) => String(pk)[0])
  const rows = await Promise.all(LABELS.map((label) => locked.item(label)))
  return {
    loose,
    entries: kinds.filter((kind) => kind !== 'S').sort(),
    holders: rows.map((item) => item?.['t']),
    versions: rows.map((item) => item?.['v']),
  }
}

const allHeld = {
  loose: [],
  entries: ['L', 'T'],
  holders: LABELS.map(() => TOKEN),
  versions: LABELS.map(() => 1),
}
const noneHeld = {
  loose: [],
  entries: [],
  holders: LABELS.map(() => undefined),
  versions: LABELS.map(() => undefined),
}

test('a large commit writes its phases one after the other', async () => {
  const free = await openFree()
  const written: Phase[] = []
  free.wire.applied = (request) => {
    const phase = phaseOf(request)
    if (written.at(-1) !== phase) written.push(phase)
  }
  expect(await free.hold()).toMatchObject({ ok: true })
  expect(written).toEqual(phases)
})

describe.each(phases)('a write of the phase %s', (phase) => {
  test.each(faults)(
    'that meets %s, three times over, still leads to one whole hold',
    async (fault) => {
      const free = await openFree()
      const met = spoil(free, phase, { fault, times: 3 })
      expect(await free.hold()).toMatchObject({ ok: true })
      expect(met()).toBe(3)
      expect(await endOf(free)).toEqual(allHeld)
      expect(headersOf(free)).toEqual(['C'])
    },
  )

  test('that is never answered leads to no half of a hold, and never to a refusal of one that was made', async () => {
    const free = await openFree()
    spoil(free, phase, { fault: 'lost-after', times: Infinity })
    const outcome = await free.hold().catch((fault: unknown) => fault)
    free.wire.fault = undefined
    const end = await endOf(free)
    const isWhole = end.holders[0] === TOKEN
    expect(end).toEqual(isWhole ? allHeld : noneHeld)
    if (outcome instanceof Error) {
      const isHonest = !isWhole || (outcome as Error & { outcome?: string }).outcome === 'unknown'
      expect(isHonest, outcome.message).toBe(true)
    } else expect((outcome as { ok: boolean }).ok).toBe(isWhole)
  })

  test('that never arrives leads to nothing, or to a hold that is made known', async () => {
    const free = await openFree()
    spoil(free, phase, { fault: 'lost-before', times: Infinity })
    const outcome = await free.hold().catch((fault: unknown) => fault)
    free.wire.fault = undefined
    const end = await endOf(free)
    const isWhole = end.holders[0] === TOKEN
    expect(end).toEqual(isWhole ? allHeld : noneHeld)
    const said = outcome as { ok?: boolean; outcome?: string }
    if (isWhole) expect(said.ok ?? said.outcome === 'unknown').toBe(true)
    else expect(said.ok ?? false).toBe(false)
  })
})

describe.each(['abort', 'undo', 'finish'] as const)('an abandoned hold whose %s', (phase) => {
  test.each(faults)(
    'meets %s, three times over, leaves the winner alone and no lock',
    async (fault) => {
      const free = await openFree()
      const rival = free.another('rival', { transactionItemsMax: SMALL_MAX })
      const late = await free.lateComer(free, LABELS)
      expect((await holdForRival(free, rival.context, ['A-3'])).ok).toBe(true)
      const met = spoil(free, phase, { fault, times: 3 })
      const parts = [{ eventKey: free.event.eventKey, labels: LABELS }] as const
      const outcome = await changeSeats(late, { parts, change: holdOf(free) })
      expect(met()).toBe(3)
      expect(outcome).toMatchObject({
        refusal: { seats: [{ label: 'A-3', code: 'held-by-another' }] },
      })
      const end = await endOf(free)
      expect(end).toMatchObject({ loose: [], entries: ['L', 'T'] })
      expect(end.holders).toEqual([undefined, undefined, OTHER_TOKEN, undefined])
    },
  )
})

describe('a deadline that passes', () => {
  test.each(['details', 'open', 'lock'] as const)(
    'in the phase %s aborts that attempt, and the next one succeeds',
    async (phase) => {
      const free = await openFree()
      let isDue = true
      free.wire.fault = (request) => {
        if (!isDue || phaseOf(request) !== phase) return undefined
        isDue = false
        free.clock.advance(OPERATION_MS_MAX)
        return 'lost-before'
      }
      expect(await free.hold()).toMatchObject({ ok: true })
      expect(await endOf(free)).toEqual(allHeld)
      expect(headersOf(free)).toEqual(['A', 'C'])
    },
  )

  test('before the decision aborts it, and the next attempt succeeds', async () => {
    const free = await openFree()
    let isDue = true
    free.wire.fault = (request) => {
      if (!isDue || phaseOf(request) !== 'decide') return undefined
      isDue = false
      free.clock.advance(OPERATION_MS_MAX)
      return 'throttle'
    }
    expect(await free.hold()).toMatchObject({ ok: true })
    expect(await endOf(free)).toEqual(allHeld)
    expect(headersOf(free)).toEqual(['A', 'C'])
  })

  test.each(['history', 'hold entry', 'apply', 'finish'] as const)(
    'after the decision, in the phase %s, does not undo it',
    async (phase) => {
      const free = await openFree()
      free.wire.fault = (request) => {
        if (phaseOf(request) === phase) free.clock.advance(OPERATION_MS_MAX)
        return undefined
      }
      expect(await free.hold()).toMatchObject({ ok: true })
      free.wire.fault = undefined
      expect(await endOf(free)).toEqual(allHeld)
      expect(headersOf(free)).toEqual(['C'])
    },
  )

  test('while somebody else aborts the operation lets its own decision fail', async () => {
    const free = await openFree()
    const bystander = free.another('bystander')
    let isDue = true
    free.wire.applied = async (request) => {
      if (!isDue || phaseOf(request) !== 'lock') return
      const { lk } = (await free.item('A-4')) ?? {}
      if (typeof lk !== 'string') return
      isDue = false
      // The bystander's clock is ahead; the decision of the first is still on its way.
      free.clock.advance(OPERATION_MS_MAX)
      await endOperation(bystander.runtime.store, lk)
      free.clock.advance(-OPERATION_MS_MAX)
    }
    expect(await free.hold()).toMatchObject({ ok: true })
    expect(await endOf(free)).toEqual(allHeld)
    expect(headersOf(free)).toEqual(['A', 'C'])
  })
})

/** States of the operations, in their order. */
function headersOf({ table }: LockedSeats): unknown[] {
  const headers = table.items().filter(({ pk, sk }) => String(pk).startsWith('O#') && sk === 'O')
  headers.sort((a, b) => (String(a['pk']) < String(b['pk']) ? -1 : 1))
  return headers.map(({ st }) => st)
}

describe('a hold that lapses while it is booked by a large commit', () => {
  test.each([
    ['while seats are locked', 'lock'],
    ['before the decision', 'decide'],
  ] as const)('is not booked by a late decision: %s', async (_, phase) => {
    const free = await openFree()
    const { eventKey } = free.event
    const parts = [{ eventKey, labels: LABELS }] as const
    const until = addSeconds(free.clock.now(), 5)
    await changeSeats(free.context, { parts, change: holdOf(free, { until }) })
    let isDue = true
    free.wire.fault = (request) => {
      if (!isDue || phaseOf(request) !== phase) return undefined
      isDue = false
      free.clock.advance(5_000)
      return 'throttle'
    }
    const change = { kind: 'book-held', holdToken: TOKEN } as const
    const outcome = await changeSeats(free.context, { parts, change })
    const seats = LABELS.map((label) => ({ label, code: 'not-held-by-token' }))
    expect(outcome).toMatchObject({ refusal: { seats } })
    await recoverAll(free, free.from)
    for (const label of LABELS) expect(await free.item(label)).toMatchObject({ s: 'held', v: 1 })
    const rival = free.another('rival')
    expect((await holdForRival(free, rival.context, LABELS)).ok).toBe(true)
  })
})
