import { describe, expect, test } from 'vitest'
import { errorOf, openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'
import type { SeatsioAnswer } from '../../../support/seatsio.ts'

const held = 'reservedByToken'

/** The whole body of an error, save the message. */
function shapeOf({ status, body }: SeatsioAnswer): unknown {
  const { messages, errors, ...rest } = body as {
    messages: string[]
    errors: { message: string }[]
  }
  expect(messages).toEqual(errors.map(({ message }) => message))
  return [status, errors.map(({ message, ...error }) => [message.length > 0, error]), rest]
}

const shape = (status: number, code: string) => [
  status,
  [[true, { code }]],
  { status, warnings: [], requestId: 'test-request' },
]

describe('seats that stay busy', () => {
  test('get 429, which every client tries again, after five rounds and without any change', async () => {
    const { api, engine, calls, statuses } = await openSeatsioScene()
    await statuses(['A-1'])
    calls.clear()
    engine.inject = ({ operation }) =>
      operation === 'TransactWriteItems' ? 'transaction-conflict' : undefined
    const body = { events: ['gala'], objects: ['A-1', 'A-2'] }
    const answer = await api('POST /events/groups/actions/book', body)
    expect(shapeOf(answer)).toEqual(shape(429, 'RATE_LIMIT_EXCEEDED'))
    expect(calls.count().writes).toBe(5)
    engine.inject = undefined
    expect(await statuses(['A-1', 'A-2'])).toEqual(['free', 'free'])
    expect((await api('POST /events/groups/actions/book', body)).status).toBe(204)
  })

  test.each([1, 4])(
    'are changed all the same when others let go after %i rounds',
    async (rounds) => {
      const { change, engine, statuses } = await openSeatsioScene()
      let left = rounds
      engine.inject = ({ operation }) => {
        if (operation !== 'TransactWriteItems' || left === 0) return undefined
        left -= 1
        return 'transaction-conflict'
      }
      expect(verdictOf(await change({ objects: ['A-1'], status: 'booked' }))).toBe('200')
      expect(await statuses(['A-1'])).toEqual(['booked'])
    },
  )

  test.each(['throttle', 'transaction-conflict'] as const)(
    'are told of by every endpoint alike: %s',
    async (fault) => {
      const { api, batch, change, engine, token } = await openSeatsioScene()
      const holdToken = await token()
      await change({ objects: ['A-1'], status: held, holdToken })
      engine.inject = ({ operation }) => (operation === 'TransactWriteItems' ? fault : undefined)
      for (const answer of [
        await change({ objects: ['A-2'], status: 'x' }),
        await batch({ event: 'gala', status: 'x', objects: ['A-2'] }),
        await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 5 }),
        await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 0 }),
        await api('POST /events/gala/actions/update-extra-data', { extraData: { 'A-2': {} } }),
      ]) {
        expect(shapeOf(answer)).toEqual(shape(429, 'RATE_LIMIT_EXCEEDED'))
      }
    },
  )
})

describe('a store that does not answer', () => {
  test('gets 503 with the words for what is known', async () => {
    const { change, engine, statuses } = await openSeatsioScene()
    engine.inject = () => 'internal-error'
    const read = await change({ objects: ['A-1'], status: 'x' })
    expect(shapeOf(read)).toEqual(shape(503, 'INTERNAL_ERROR'))
    expect(errorOf(read)['message']).toMatch(/nothing was changed/)
    engine.inject = ({ operation }) => (operation.includes('Write') ? 'lost-after' : undefined)
    const lost = await change({ objects: ['A-1'], status: 'x' })
    expect(shapeOf(lost)).toEqual(shape(503, 'INTERNAL_ERROR'))
    expect(errorOf(lost)['message']).toMatch(/may or may not have been made/)
    engine.inject = undefined
    expect(await statuses(['A-1'])).toEqual(['x'])
  })

  test('but was only slow to answer once gets the change made once', async () => {
    const { change, engine, lines } = await openSeatsioScene()
    let answers = 0
    engine.inject = ({ operation }) => {
      if (operation !== 'TransactWriteItems') return undefined
      answers += 1
      return answers === 1 ? 'lost-after' : undefined
    }
    expect(verdictOf(await change({ objects: ['A-1'], status: 'x' }))).toBe('200')
    expect(answers).toBe(2)
    expect(await lines()).toHaveLength(1)
  })
})
