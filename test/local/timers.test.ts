import { expect, test } from 'vitest'
import { readCatalog } from '../../lib/http/catalog.ts'
import { startTimers, type TimedWorker } from '../../local/sources/timers.ts'
import { movedClock, type MovedClock } from '../support/moved-clock.ts'

/** Runs timers until one has been called so often; answers when each call came, in seconds. */
async function callsOf(
  workers: readonly Pick<TimedWorker, 'name' | 'everySeconds'>[],
  run: (name: string, clock: MovedClock) => Promise<void>,
  until: number,
) {
  const clock = movedClock()
  const start = clock.now()
  const calls: (readonly [string, number])[] = []
  const failures: string[] = []
  let finish: () => void = () => undefined
  const finished = new Promise<void>((resolve) => (finish = resolve))
  const timers = startTimers(
    workers.map(({ name, everySeconds }) => ({
      name,
      everySeconds,
      run: () => {
        calls.push([name, (clock.now() - start) / 1000])
        if (calls.length >= until) finish()
        return run(name, clock)
      },
    })),
    { clock, onFailure: (name) => failures.push(name) },
  )
  await finished
  await timers.stop()
  return { calls: calls.slice(0, until), failures, afterStop: calls.length }
}

const nothing = () => Promise.resolve()

test('a worker is called at once, and then again after each interval', async () => {
  const { calls } = await callsOf([{ name: 'a', everySeconds: 60 }], nothing, 4)
  expect(calls).toEqual([
    ['a', 0],
    ['a', 60],
    ['a', 120],
    ['a', 180],
  ])
})

test('a run that takes longer than its interval delays the next, and never runs beside it', async () => {
  let running = 0
  const slow = async (_: string, clock: MovedClock) => {
    running += 1
    expect(running).toBe(1)
    await clock.sleep(90_000)
    running -= 1
  }
  const { calls } = await callsOf([{ name: 'a', everySeconds: 60 }], slow, 3)
  expect(calls.map(([, seconds]) => seconds)).toEqual([0, 150, 300])
})

test('a run that fails is told, and the next comes all the same', async () => {
  const fail = () => Promise.reject(new Error('spoilt'))
  const { calls, failures } = await callsOf([{ name: 'a', everySeconds: 1 }], fail, 3)
  expect(calls).toHaveLength(3)
  expect(failures).toEqual(['a', 'a', 'a'])
})

test('each worker has its own interval', async () => {
  const workers = [
    { name: 'often', everySeconds: 10 },
    { name: 'seldom', everySeconds: 1_000 },
  ]
  const { calls } = await callsOf(workers, nothing, 6)
  expect(calls.filter(([name]) => name === 'seldom')).toHaveLength(1)
  expect(calls.filter(([name]) => name === 'often')).toHaveLength(5)
})

test('stopping waits for the run that is under way, and begins no other', async () => {
  const clock = movedClock()
  let runs = 0
  let end: () => void = () => undefined
  const run = () => {
    runs += 1
    return new Promise<void>((resolve) => (end = resolve))
  }
  const timers = startTimers([{ name: 'a', everySeconds: 1, run }], {
    clock,
    onFailure: () => undefined,
  })
  let isStopped = false
  const stopping = timers.stop().then(() => (isStopped = true))
  await Promise.resolve()
  expect(isStopped).toBe(false)
  end()
  await stopping
  expect(runs).toBe(1)
})

test('every worker of the product says what calls it', async () => {
  const { workers } = await readCatalog()
  expect(workers.map(({ name, trigger }) => [name, trigger])).toEqual(
    expect.arrayContaining([
      ['recover-operations', { kind: 'timer', everySeconds: 60 }],
      ['watch-table', { kind: 'stream' }],
    ]),
  )
})
