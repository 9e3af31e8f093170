import { expect, test } from 'vitest'
import { keepMade, type Made } from '../../lib/made-once.ts'

const limits = { bytesMax: 10, atOnceMax: 2, waitingMax: 1 }
const bytes = (length: number) => new Uint8Array(length)

test('what was made is kept, and made anew once others took its room', async () => {
  const pictures = keepMade(limits)
  let made = 0
  const get = (name: string, length: number) =>
    pictures(name, () => {
      made += 1
      return Promise.resolve(bytes(length))
    })
  await get('a', 5)
  await get('b', 5)
  await get('a', 5)
  expect(made).toBe(2)
  await get('c', 1)
  await get('a', 5)
  expect(made).toBe(3)
  await get('b', 5)
  expect(made).toBe(4)
  expect(await get('large', 11)).toHaveLength(11)
  await get('large', 11)
  expect(made).toBe(5)
  await get('d', 1)
  await get('large', 11)
  expect(made).toBe(7)
})

test('who asks for the same at once waits for one making; few are made at a time, and one too many is told', async () => {
  const pictures = keepMade(limits)
  const open: (() => void)[] = []
  let begun = 0
  const get = (name: string): Promise<Made> =>
    pictures(name, () => {
      begun += 1
      return new Promise((resolve) => {
        open.push(() => {
          resolve(bytes(1))
        })
      })
    })
  const asked = ['a', 'a', 'b', 'c', 'c'].map(get)
  expect(await get('d')).toBe('busy')
  expect(begun).toBe(2)
  for (const end of open.splice(0)) end()
  await Promise.all(asked.slice(0, 3))
  for (const end of open.splice(0)) end()
  expect((await Promise.all(asked)).map((made) => made.length)).toEqual([1, 1, 1, 1, 1])
  expect(begun).toBe(3)
})

test('neither nothing nor a failure is kept', async () => {
  const pictures = keepMade(limits)
  expect(await pictures('a', () => Promise.resolve(undefined))).toBe('nothing')
  await expect(pictures('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await pictures('a', () => Promise.resolve(bytes(2)))).toEqual(bytes(2))
})
