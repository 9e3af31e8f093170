import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import { holdForRival, LABELS, openLockedSeats } from '../../../support/locked-seats.ts'
import { intercepted, isCommand } from '../../../support/intercepted.ts'
import { holdOf } from '../../../support/many-events.ts'
import { connectionLost, toException, type Command } from '../../../support/plain-client.ts'
import { OTHER_TOKEN, TOKEN } from '../../../support/scene.ts'
import { recoverAll } from '../../../support/workers.ts'
import { serviceError } from '@holdfast/dynamodb/errors'

// What a batch of statements may come to, over a store that answers as it likes: whatever it says, a hold of four seats is made
// whole or not at all.

interface Response {
  Item?: object
  Error?: { Code: string; Item?: object }
}
type Answer = { Responses: Response[] } & Record<string, unknown>
type Spoil = (answer: Answer, command: Command) => Answer

/** Seats that were never touched, and a process whose batches are answered as the test says, so many times. */
async function open(spoil: Spoil, times = Infinity) {
  const locked = await openLockedSeats()
  const late = await locked.lateComer(locked, LABELS)
  let left = times
  const alone: string[] = []
  const store = intercepted(late.store, {
    writes: async (command, send) => {
      if (!isCommand(command, 'BatchExecuteStatementCommand')) {
        alone.push(command.constructor.name)
        return send()
      }
      const answer = (await send()) as Answer
      left -= 1
      return left < 0 ? answer : spoil(answer, command)
    },
  })
  const hold = () => {
    const parts = [{ eventKey: locked.event.eventKey, labels: LABELS }] as const
    return changeSeats({ ...late, store }, { parts, change: holdOf(locked) })
  }
  const holders = async () => {
    await recoverAll(locked, locked.from)
    return Promise.all(LABELS.map(async (label) => (await locked.item(label))?.['t']))
  }
  return { locked, hold, holders, alone }
}

const all = LABELS.map(() => TOKEN)

const without = (answer: Answer, change: (response: Response) => Response): Answer => ({
  ...answer,
  Responses: answer.Responses.map(change),
})

describe('a hold by batches is made where the store', () => {
  test.each<[name: string, spoil: Spoil]>([
    ['says nothing of any statement', (answer) => ({ ...answer, Responses: [] })],
    ['says less than was asked', (answer) => ({ ...answer, Responses: answer.Responses.slice(1) })],
    [
      'calls what it has done invalid',
      (answer) => without(answer, () => ({ Error: { Code: 'ValidationError' } })),
    ],
    [
      'calls what it has done forbidden',
      (answer) => without(answer, () => ({ Error: { Code: 'AccessDenied' } })),
    ],
    [
      'calls what it has done by a name that nobody knows',
      (answer) => without(answer, () => ({ Error: { Code: 'Curious' } })),
    ],
    [
      'shows no item, neither of what it did nor of what it refused',
      (answer) =>
        without(answer, ({ Error: error }) =>
          error === undefined ? {} : { Error: { Code: error.Code } },
        ),
    ],
  ])('%s', async (_, spoil) => {
    const { hold, holders } = await open(spoil)
    expect(await hold()).toMatchObject({ ok: true })
    expect(await holders()).toEqual(all)
  })

  test.each<[name: string, spoil: Spoil]>([
    [
      'loses the answer of a batch',
      () => {
        throw connectionLost()
      },
    ],
    [
      'was in the middle of a statement when it failed',
      (answer) => without(answer, () => ({ Error: { Code: 'InternalServerError' } })),
    ],
  ])('%s, three times over', async (_, spoil) => {
    const { hold, holders } = await open(spoil, 3)
    expect(await hold()).toMatchObject({ ok: true })
    expect(await holders()).toEqual(all)
  })

  test('takes no statements at all: every write goes alone, and it is reported', async () => {
    const { hold, holders, alone, locked } = await open(() => {
      throw toException(serviceError('UnknownOperationException'))
    })
    expect(await hold()).toMatchObject({ ok: true })
    expect(await holders()).toEqual(all)
    expect(alone).toContain('PutCommand')
    const reports = new Set(locked.log.map(({ message }) => message))
    expect(reports).toEqual(new Set(['The store takes no statements']))
  })
})

test('an item that is in the way and is not shown is read before anything is said of it', async () => {
  const { hold, holders, locked } = await open((answer) =>
    without(answer, ({ Error: error }) =>
      error === undefined ? {} : { Error: { Code: 'ConditionalCheckFailed' } },
    ),
  )
  const rival = locked.another('rival')
  expect((await holdForRival(locked, rival.context, ['A-3'])).ok).toBe(true)
  expect(await hold()).toMatchObject({
    refusal: { seats: [{ label: 'A-3', code: 'held-by-another' }] },
  })
  expect(await holders()).toEqual([undefined, undefined, OTHER_TOKEN, undefined])
})

test('rows that an abandoned attempt left empty are locked together once more', async () => {
  const { hold, holders, locked, alone } = await open((answer) => answer)
  const rival = locked.another('rival')
  expect((await holdForRival(locked, rival.context, ['A-4'])).ok).toBe(true)
  expect(await hold()).toMatchObject({ ok: false })
  const { context } = locked.another('later')
  const parts = [{ eventKey: locked.event.eventKey, labels: LABELS.slice(0, 3) }] as const
  alone.length = 0
  expect(await changeSeats(context, { parts, change: holdOf(locked) })).toMatchObject({ ok: true })
  expect(await holders()).toEqual([TOKEN, TOKEN, TOKEN, OTHER_TOKEN])
})
