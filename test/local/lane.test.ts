import { expect, test } from 'vitest'
import { systemClock } from '../../lib/clock.ts'
import { Lane, type LaneLimits } from '../../local/http/lane.ts'
import { movedClock } from '../support/moved-clock.ts'

const limits: LaneLimits = { runningMax: 2, waitingMax: 3, waitMsMax: 10_000, usualMs: 1_000 }

const turns = async () => {
  for (let turn = 0; turn < 5; turn += 1) await systemClock.sleep(0)
}

/** A lane, and work in it that ends when it is told to. */
function open(changed: Partial<LaneLimits> = {}) {
  const clock = movedClock()
  const lane = new Lane({ ...limits, ...changed }, () => clock.now())
  const begun: number[] = []
  const ends: (() => void)[] = []
  const come = (name: number) =>
    lane.run(() => {
      begun.push(name)
      return new Promise<{ name: number }>((resolve) => {
        ends[name] = () => {
          resolve({ name })
        }
      })
    })
  const end = async (name: number) => {
    await turns()
    ends[name]?.()
    await turns()
  }
  return { clock, lane, begun, come, end }
}

test('so many run, so many wait in order, and whoever comes then is turned away without having begun', async () => {
  const { begun, come, end } = open()
  const answers = [0, 1, 2, 3, 4, 5].map(come)
  expect(await answers[5]).toEqual({ retrySeconds: 3 })
  await turns()
  expect(begun).toEqual([0, 1])
  await end(1)
  expect(await answers[1]).toEqual({ name: 1 })
  await turns()
  expect(begun).toEqual([0, 1, 2])
  for (const name of [0, 2]) await end(name)
  await turns()
  expect(begun).toEqual([0, 1, 2, 3, 4])
})

test('those who are turned away are told one later time after the other, and then there is room', async () => {
  const { clock, come, end, lane } = open({ runningMax: 1, waitingMax: 1 })
  const [first] = [come(0), come(1)]
  const told = await Promise.all([come(2), come(3), come(4)])
  expect(told).toEqual([{ retrySeconds: 3 }, { retrySeconds: 4 }, { retrySeconds: 5 }])
  clock.advance(1_000)
  await end(0)
  await first
  expect(lane.turnsAway()).toBeUndefined()
  for (let more = 0; more < 200; more += 1) lane.comeAgain()
  expect(lane.comeAgain()).toEqual({ retrySeconds: 60 })
})

test('nobody is let in who would wait too long by what the latest took', async () => {
  const { clock, come, end, lane } = open({ runningMax: 1, waitingMax: 100 })
  const first = come(0)
  clock.advance(17_000)
  await end(0)
  await first
  const answers = [1, 2, 3, 4, 5].map(come)
  expect(lane.turnsAway()).toMatchObject({ retrySeconds: expect.any(Number) as number })
  expect(await answers[4]).toHaveProperty('retrySeconds')
})

test('whoever has waited too long is turned away without having begun', async () => {
  const { clock, come, end, begun } = open({ runningMax: 1 })
  const answers = [come(0), come(1)]
  clock.advance(10_001)
  await end(0)
  expect(await answers[1]).toHaveProperty('retrySeconds')
  expect(begun).toEqual([0])
})

test('whoever would wait too long after all is told early', async () => {
  const { clock, come, end, begun } = open({ runningMax: 1 })
  const answers = [come(0), come(1), come(2)]
  await turns()
  clock.advance(9_000)
  await end(0)
  expect(await answers[2]).toHaveProperty('retrySeconds')
  await turns()
  expect(begun).toEqual([0, 1])
})

test('what has run for long lets others pass, so many at a time', async () => {
  const { come, begun, end } = open({ runningMax: 1, freshMsMax: 1, staleMax: 1 })
  const answers = [come(0), come(1), come(2)]
  while (begun.length < 2) await turns()
  await turns()
  expect(begun).toEqual([0, 1])
  await end(0)
  await answers[0]
  while (begun.length < 3) await turns()
  expect(begun).toEqual([0, 1, 2])
})

test('a closed lane turns away who waits and who comes; what runs goes on', async () => {
  const { lane, come, end } = open({ runningMax: 1 })
  const answers = [come(0), come(1)]
  await turns()
  lane.close()
  expect(await answers[1]).toHaveProperty('retrySeconds')
  expect(await come(2)).toHaveProperty('retrySeconds')
  await end(0)
  expect(await answers[0]).toEqual({ name: 0 })
})

test('what throws makes room like any other', async () => {
  const { lane, come, end } = open({ runningMax: 1 })
  const failing = lane.run(() => Promise.reject<object>(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  const next = come(1)
  await turns()
  await end(1)
  expect(await next).toEqual({ name: 1 })
})
