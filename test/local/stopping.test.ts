import { expect, test } from 'vitest'
import { systemClock } from '../../lib/clock.ts'
import { stopOnce } from '../../local/stopping.ts'

const never = () => new Promise<void>(() => undefined)

test('what was opened first is closed last, once, and after what uses it has ended', async () => {
  const ended: string[] = []
  const stop = stopOnce([
    () => Promise.resolve(void ended.push('table')),
    async () => {
      await systemClock.sleep(0)
      ended.push('worker')
    },
    () => Promise.resolve(void ended.push('server')),
  ])
  await Promise.all([stop(), stop()])
  expect(ended).toEqual(['server', 'worker', 'table'])
})

test('what does not end in time keeps nothing else from ending', async () => {
  const ended: string[] = []
  const stop = stopOnce([() => Promise.resolve(void ended.push('table')), never, never], {
    wholeMs: 5,
    lateMs: 1,
  })
  await stop()
  expect(ended).toEqual(['table'])
})

test('what fails to end keeps nothing else from ending, and is told', async () => {
  const ended: string[] = []
  const stop = stopOnce([
    () => Promise.resolve(void ended.push('table')),
    () => Promise.reject(new Error('no')),
  ])
  await expect(stop()).rejects.toThrow('no')
  expect(ended).toEqual(['table'])
})
