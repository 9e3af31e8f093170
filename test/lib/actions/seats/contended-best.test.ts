import { expect, test } from 'vitest'
import { changeChosen } from '../../../../lib/actions/seats/best/change-best.ts'
import { changeStatuses } from '../../../../lib/actions/seats/change-statuses.ts'
import type { Context } from '../../../../lib/actions/context.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { intercepted, isCommand } from '../../../support/intercepted.ts'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'

// Somebody who is always faster: whatever is chosen, they have it before its rows are read.

const PARTY = 2

/** What an action gets beside somebody who books the seats of each of so many choices first. */
function beside(context: Context, choices: number, chosen: string[][]): Context {
  const reads: Parameters<typeof intercepted>[1]['reads'] = async (command, send) => {
    const labels = isCommand(command, 'BatchGetCommand') ? seatsIn(command.input) : []
    if (labels.length === PARTY && chosen.length < choices) {
      chosen.push(labels)
      const change = { kind: 'set-booked' } as const
      const objects = labels.map((label) => ({ label }))
      const rival = await changeStatuses(context, [{ eventKeys: ['gala'], objects, change }])
      expect(rival.ok).toBe(true)
    }
    return send()
  }
  return { ...context, store: intercepted(context.store, { reads }) }
}

function seatsIn(input: object): string[] {
  const { RequestItems } = input as { RequestItems: Record<string, { Keys: Key[] }> }
  const keys = Object.values(RequestItems).flatMap(({ Keys }) => Keys)
  return keys.flatMap(({ pk, sk }) => (pk.startsWith('S#') ? sk : []))
}

interface Key {
  readonly pk: string
  readonly sk: string
}

async function book(rivals: number) {
  const { context } = await openSeatsioScene(rowDrawing({ rows: 4, seatsPerRow: 20 }))
  const chosen: string[][] = []
  const step = { eventKeys: ['gala'], objects: [], change: { kind: 'set-booked' as const } }
  const best = { wish: { number: PARTY, preventsOrphans: true }, given: [] }
  const outcome = await changeChosen(beside(context(), rivals, chosen), step, {
    best,
    isTold: true,
  })
  return { outcome, chosen }
}

test('who finds what they chose taken eleven times has the twelfth choice: after six the rows are read anew', async () => {
  const { outcome, chosen } = await book(11)
  expect(chosen).toHaveLength(11)
  expect(outcome.ok).toBe(true)
})

test('who finds what they chose taken twelve times is told that those seats are busy, and takes nothing', async () => {
  const { outcome, chosen } = await book(99)
  expect(chosen).toHaveLength(12)
  expect(outcome).toMatchObject({
    refusal: {
      code: 'seats-refused',
      change: 'set-booked',
      seats: chosen.at(-1)?.map((label) => ({ label, code: 'busy' })),
    },
  })
})
