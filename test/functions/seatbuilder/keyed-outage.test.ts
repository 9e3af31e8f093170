import { expect, test } from 'vitest'
import { openScene, TOKEN } from '../../support/scene.ts'

test.each([
  ['without a key, it is said that nothing was changed', [], /nothing was changed/],
  [
    'under a key, an earlier copy may have been done: the answer says so',
    ['Idempotency-Key', 'k1'],
    /may or may not/,
  ],
] as const)('the store cannot be read: %s', async (_, headers, message) => {
  const scene = await openScene()
  scene.engine.inject = ({ operation }) =>
    operation === 'BatchGetItem' ? 'internal-error' : undefined
  const hold = { objectLabel: 'A-1', holdToken: TOKEN }
  const answer = await scene.api(`POST ${scene.seats}/hold`, hold, { headers })
  expect(answer.status).toBe(503)
  expect(answer.body['message']).toMatch(message)
})
