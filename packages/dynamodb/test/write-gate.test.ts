import { expect, test } from 'vitest'
import { createWriteGate } from '../src/write-gate.ts'

test('writes pass one by one, in their order', async () => {
  const gate = createWriteGate(() => undefined)
  const seen: string[] = []
  const write = (name: string) =>
    gate.pass(async () => {
      seen.push(`${name} begins`)
      await Promise.resolve()
      seen.push(`${name} ends`)
    })
  await Promise.all([write('a'), write('b')])
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

test('after a write that failed, none is tried: also those that waited behind it are refused', async () => {
  const failures: unknown[] = []
  const gate = createWriteGate((error) => failures.push(error))
  const full = new Error('No space left on device')
  let tried = 0
  const refusalOf = (write: () => Promise<void>) =>
    gate.pass(write).then(
      () => undefined,
      (error: unknown) => error,
    )
  const count = () => Promise.resolve(void (tried += 1))
  const refused = [
    ...(await Promise.all([refusalOf(() => Promise.reject(full)), refusalOf(count)])),
    await refusalOf(count),
  ]
  expect(tried).toBe(0)
  expect(failures).toEqual([full])
  for (const error of refused) {
    expect(error).toMatchObject({
      status: 400,
      body: { __type: 'com.amazonaws.dynamodb.v20120810#AccessDeniedException' },
    })
  }
})
