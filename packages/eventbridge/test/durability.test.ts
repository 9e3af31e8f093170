import { DescribeRuleCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge'
import { DeleteMessageCommand } from '@aws-sdk/client-sqs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gathered, openLevelVault } from '@holdfast/embedded/level-vault'
import type { Step } from '@holdfast/embedded/vault'
import { arnOf, bodies, makeQueue, receive, refusalOf, send } from '@holdfast/sqs/testing'
import { openServices, temporaryFolder } from './support.ts'

const ANSWERED_MIN = 300
const VISIBILITY_MS = 30_000
const url = 'http://messaging.localhost/000000000000/jobs'

function fail(error: unknown): never {
  throw error
}

async function open(path: string) {
  const kept = await openLevelVault({ path, onWriteFailure: fail })
  return { ...openServices(kept), contents: kept.contents }
}

test('a process that is killed loses no message that was answered, and brings none back that was deleted', async () => {
  const folder = await temporaryFolder()
  const child = spawn(process.execPath, [
    '--import',
    'tsx',
    join(import.meta.dirname, 'writer.ts'),
    folder,
  ])
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (output.includes(`+${ANSWERED_MIN}\n`)) child.kill('SIGKILL')
  })
  await once(child, 'close')
  const numbers = (sign: string) =>
    [...output.matchAll(/([+-])(\d+)\n/g)].filter(([, it]) => it === sign).map(([, , n]) => n)

  const services = await open(folder)
  // What was received last may be in flight, by the clock of the other process.
  services.clock.advance(Date.now() + 2 * VISIBILITY_MS - services.clock.now())
  const left = new Set<string | undefined>()
  for (let page = await bodies(services, url); page.length > 0; page = await bodies(services, url))
    for (const body of page) left.add(body)
  const deleted = new Set(numbers('-'))
  const answered = numbers('+')
  expect(answered.length).toBeGreaterThanOrEqual(ANSWERED_MIN)
  // The one that was being deleted may be gone.
  const lost = answered.filter((n) => !left.has(n) && !deleted.has(n))
  expect(lost.length).toBeLessThanOrEqual(1)
  expect(lost.every((n) => Number(n) <= deleted.size + 1)).toBe(true)
  expect([...deleted].filter((n) => left.has(n ?? ''))).toEqual([])
  const place = { EventBusName: 'shop' }
  const rule = await services.events.send(new DescribeRuleCommand({ ...place, Name: 'all' }))
  expect(rule).toMatchObject({ State: 'ENABLED', EventPattern: '{"source":["shop"]}' })
  const targets = new ListTargetsByRuleCommand({ ...place, Rule: 'all' })
  expect((await services.events.send(targets)).Targets).toMatchObject([{ Arn: arnOf('jobs') }])
  await services.engine.close()
}, 20_000)

test('a message in flight is hidden until its timeout ends, counted and deletable, after a restart too', async () => {
  const folder = await temporaryFolder()
  const first = await open(folder)
  await makeQueue(first, 'jobs', { VisibilityTimeout: '30' })
  await send(first, url, { body: 'deleted' })
  await send(first, url, { body: 'in flight' })
  await send(first, url, { body: 'delayed', delay: 40 })
  const [deleted] = await receive(first, url)
  const { ReceiptHandle } = deleted ?? {}
  await first.queues.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }))
  await first.engine.close()

  const second = await open(folder)
  second.clock.advance(29_999)
  expect(await receive(second, url)).toEqual([])
  second.clock.advance(1)
  const [again, ...others] = await receive(second, url)
  expect([again?.Body, again?.Attributes?.ApproximateReceiveCount]).toEqual(['in flight', '2'])
  expect(others).toEqual([])
  second.clock.advance(10_000)
  expect(await bodies(second, url)).toEqual(['delayed'])
  await second.engine.close()
})

test('nothing is left of a message that was deleted after a restart', async () => {
  const folder = await temporaryFolder()
  const first = await open(folder)
  await makeQueue(first, 'jobs')
  for (const body of ['1', '2', '3', '4']) {
    first.clock.advance(1)
    await send(first, url, { body })
  }
  await first.engine.close()
  const second = await open(folder)
  second.clock.advance(10)
  for (const { Body, ReceiptHandle } of await receive(second, url)) {
    if (Body === '3') continue
    await second.queues.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }))
  }
  await second.engine.close()
  const third = await open(folder)
  const kinds = [...third.contents.keys()].map((key) => key.split('/')[0])
  expect(kinds.toSorted()).toEqual(['body', 'queue', 'state'])
  await third.engine.close()
})

test('what comes while one batch is written goes into the next one together', async () => {
  const written: number[] = []
  const ends: (() => void)[] = []
  const write = gathered((steps) => {
    written.push(steps.length)
    return new Promise((resolve) => ends.push(resolve))
  }, fail)
  const step: Step = { type: 'del', key: 'a' }
  const all = [write([step])]
  await Promise.resolve()
  await Promise.resolve()
  all.push(write([step, step]), write([step]), write([]))
  expect(written).toEqual([1])
  ends.shift()?.()
  await all[0]
  await Promise.resolve()
  ends.shift()?.()
  await Promise.all(all)
  expect(written).toEqual([1, 3])
})

test('the first write that fails is told and ends all writing: nothing that was refused is ever delivered', async () => {
  const failures: unknown[] = []
  let isFull = false
  const write = gathered(
    () => (isFull ? Promise.reject(new Error('ENOSPC')) : Promise.resolve()),
    (error) => failures.push(error),
  )
  const services = openServices({ vault: { write, close: () => Promise.resolve() } })
  const place = await makeQueue(services, 'jobs')
  await send(services, place, { body: 'before' })
  isFull = true
  const refused = await Promise.all(
    ['one', 'two'].map((body) => refusalOf(send(services, place, { body }))),
  )
  expect(refused.map(([name]) => name)).toEqual(['AccessDeniedException', 'AccessDeniedException'])
  isFull = false
  expect((await refusalOf(receive(services, place)))[0]).toBe('AccessDeniedException')
  expect(failures).toEqual([new Error('ENOSPC')])
})
