import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { instant, type Instant } from '../../lib/clock.ts'
import type { Notice } from '../../lib/rules/notice.ts'
import { QUICK_MS, SLOTS_MAX, SLOTS_SLOW_MAX } from '../../lib/store/webhooks/endpoint-gates.ts'
import { LISTED_MAX } from '../../lib/store/webhooks/deliveries.ts'
import { ANSWER_BYTES_MAX, EXCHANGE_MS_MAX } from '../../lib/webhooks/post.ts'
import { RETRY_AFTER_SECONDS_MAX } from '../../lib/webhooks/retry-after.ts'
import {
  ANSWERED_FAILURES_MAX,
  ATTEMPTS_MAX,
  PROBE_DELAYS_MS,
  RETRY_DELAYS_MS,
} from '../../lib/webhooks/schedule.ts'
import { signatureHeaders } from '../../lib/webhooks/sign.ts'
import { bookedNotice } from '../support/notices.ts'
import {
  DELIVERY_DAYS,
  WEBHOOK_BATCH_MAX,
  WEBHOOK_BODY_BYTES_MAX,
} from '../../lib/limits/limits.ts'

const page = await readFile(new URL('../../docs/webhooks.md', import.meta.url), 'utf8')
const folder = fileURLToPath(new URL('../../', import.meta.url))

const SECRET = 'whsec_0d4f7a1be92c4538a6c1f0e47b3d9215'
const OTHER = 'whsec_7be1904c5f2d4a83b6e0d1f95a3c2876'

/** Runs the receiver of the page as it is pasted; it is killed after the test. */
async function startExample() {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? []
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: folder,
    env: { PATH, HOME, PORT: '0', WEBHOOK_SECRET: SECRET },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  const read = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  await expect.poll(() => output, { timeout: 20_000 }).toContain('Listening on port')
  const [port = ''] = /\d+/.exec(output) ?? []
  const tell = async (notice: Notice, secrets = [SECRET], at = instant(Date.now())) =>
    post({ id: notice.id, body: JSON.stringify(notice) }, secrets, at)
  const tellTogether = (...notices: Notice[]) =>
    post({ id: 'batch', body: JSON.stringify({ notices }) }, [SECRET], instant(Date.now()))
  const post = async (sent: { id: string; body: string }, secrets: string[], at: Instant) => {
    const { body } = sent
    const headers = signatureHeaders(secrets, { ...sent, at })
    return (await fetch(`http://localhost:${port}/`, { method: 'POST', body, headers })).status
  }
  const told = () => output.trim().split('\n').slice(1)
  return { tell, tellTogether, told }
}

function version(number: number, status: string): Notice {
  return bookedNotice(1, instant(Date.now()), { id: `E:S-A-1:${number}`, version: number, status })
}

test('the receiver of the page ends with the true state, whatever comes twice or late', async () => {
  const { tell, told } = await startExample()
  const [held, booked, released] = [version(1, 'held'), version(2, 'booked'), version(3, 'free')]
  for (const notice of [held, released, booked, held, released]) {
    expect(await tell(notice)).toBe(204)
  }
  await expect.poll(told).toEqual(['evt_1 S-A-1 held 1', 'evt_1 S-A-1 free 3'])
})

test('the receiver of the page takes several notices in one request, and what it has seen among them once', async () => {
  const { tell, tellTogether, told } = await startExample()
  const [held, booked, released] = [version(1, 'held'), version(2, 'booked'), version(3, 'free')]
  expect(await tellTogether(held, booked)).toBe(204)
  expect(await tellTogether(booked, released)).toBe(204)
  expect(await tell(held)).toBe(204)
  await expect
    .poll(told)
    .toEqual(['evt_1 S-A-1 held 1', 'evt_1 S-A-1 booked 2', 'evt_1 S-A-1 free 3'])
})

test('the receiver of the page refuses what is not signed, or signed long ago, and follows a rotation', async () => {
  const { tell, told } = await startExample()
  expect(await tell(version(1, 'held'), [OTHER])).toBe(401)
  expect(await tell(version(1, 'held'), [SECRET], instant(Date.now() - 310_000))).toBe(401)
  expect(told()).toEqual([])
  expect(await tell(version(1, 'held'), [OTHER, SECRET])).toBe(204)
})

test('the numbers of the page are those of the code', () => {
  const text = page.replace(/\s+/g, ' ')
  expect(RETRY_DELAYS_MS.map((milliseconds) => milliseconds / 1_000)).toEqual([
    5, 30, 120, 600, 1_800, 7_200, 21_600, 54_000,
  ])
  expect(text).toContain(
    'after about 5 seconds, 30 seconds, 2 minutes, 10 minutes, 30 minutes, 2 hours, 6 hours and 15 hours',
  )
  expect(PROBE_DELAYS_MS.map((milliseconds) => milliseconds / 1_000)).toEqual([
    5, 30, 120, 600, 900,
  ])
  expect(text).toContain(
    'after 5 seconds, 30 seconds, 2 minutes, 10 minutes and then every 15 minutes',
  )
  expect([ATTEMPTS_MAX, ANSWERED_FAILURES_MAX]).toEqual([9, 3])
  expect(RETRY_AFTER_SECONDS_MAX).toBe(3_600)
  expect(text).toContain(`You have ${EXCHANGE_MS_MAX / 1_000} seconds`)
  expect(text).toContain(`at most ${ANSWER_BYTES_MAX / 1_024} KB are read`)
  expect(text).toContain(`At most ${SLOTS_MAX} requests`)
  expect(text).toContain(`and ${SLOTS_SLOW_MAX} while it is slower`)
  expect(QUICK_MS).toBe(1_000)
  expect(text).toContain(`up to ${WEBHOOK_BATCH_MAX} notices`)
  expect(text).toContain(`at most ${WEBHOOK_BODY_BYTES_MAX / 1_000_000} MB`)
  expect(text).toContain(`of the last ${DELIVERY_DAYS} days`)
  expect(text).toContain(`exact up to ${LISTED_MAX.toLocaleString('en-US')}`)
})
