import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DEMO_EVENT_KEY, DEMO_SEAT, demoKeys } from '../../local/demo/seed-demo.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startProduct } from '../support/product.ts'

test('npm start sells a seat of the demo event with the request that it prints, and ends on a signal', async () => {
  const product = startProduct()
  const url = (await product.url) ?? ''
  const health = await fetch(`${url}/health`)
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
  const printed = /curl -X POST (\S+) \\\s+-H '(X-Api-Key): (\S+)' \\\s+-d '(.*)'/.exec(
    product.output(),
  )
  const [, target = '', header = '', key = '', body = ''] = printed ?? []
  // The type that curl sends unless it is told another.
  const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const held = await fetch(target, { method: 'POST', headers: { [header]: key, ...type }, body })
  expect([held.status, await held.json()]).toMatchObject([200, { status: 'held' }])
  const status = await fetch(`${url}/api/v1/events/${DEMO_EVENT_KEY}/status`, {
    headers: { 'X-Api-Key': demoKeys.secret },
  })
  const { objects } = (await status.json()) as {
    objects: { objectLabel: string; status: string }[]
  }
  expect(objects).toContainEqual(
    expect.objectContaining({ objectLabel: DEMO_SEAT, status: 'held' }),
  )
  // A new demo is not empty.
  expect(objects.filter((it) => it.status === 'booked').length).toBeGreaterThan(10)
  expect(objects.filter((it) => it.status === 'held').length).toBeGreaterThan(5)
  product.process.kill('SIGTERM')
  expect(await product.ended).toBe(0)
  const lines = product
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  expect(lines).toHaveLength(3)
  for (const secret of [demoKeys.secret, demoKeys.publishable, 'my-first-hold']) {
    expect(lines.join('\n')).not.toContain(secret)
  }
})

test('npm start says where the API reference is, and serves it with all that it loads', async () => {
  const product = startProduct()
  await product.url
  const [, page = ''] = /API reference +(\S+)/.exec(product.output()) ?? []
  const answer = await fetch(page)
  expect(answer.status).toBe(200)
  const loaded = Array.from(
    (await answer.text()).matchAll(/(?:src|href)="([^"]+)"/g),
    ([, it]) => it,
  )
  for (const path of ['/openapi.json', ...loaded]) {
    expect([path, (await fetch(new URL(path ?? '', page))).status]).toEqual([path, 200])
  }
})

test('a port that is taken is named, with what to do, and the process ends with 1', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const { port } = blocker.address() as AddressInfo
  const product = startProduct([], { env: { PORT: String(port) } })
  expect(await product.ended).toBe(1)
  expect(product.output()).toBe(
    `Starting Holdfast on port ${port}, with its data in memory …\n` +
      `Port ${port} is taken by another program. Set PORT to another port, or to 0 for a free one.\n`,
  )
  blocker.close()
})

test('a port that is taken is refused before a data folder is touched', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const { port } = blocker.address() as AddressInfo
  const data = join(await temporaryFolder(), 'data')
  const product = startProduct(['--data', data], { env: { PORT: String(port) } })
  expect(await product.ended).toBe(1)
  expect(product.output()).toContain(`Port ${port} is taken`)
  await expect(stat(data)).rejects.toThrow('ENOENT')
  blocker.close()
})

test('a table that nobody serves is said in words', async () => {
  const env = {
    AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  }
  const product = startProduct([], { env })
  expect(await product.ended).toBe(1)
  expect(product.errors()).toBe('Holdfast could not start: nothing answers at 127.0.0.1:1\n')
})

test.each(['http', '-1', '65536', '3000x', ''])('PORT=%j is refused by name', async (PORT) => {
  const product = startProduct([], { env: { PORT } })
  expect(await product.ended).toBe(1)
  expect(product.output()).toContain('PORT must be a number from 0 to 65535')
})
