import { expect, test } from 'vitest'
import { hostsOf } from '@holdfast/embedded/hosts'
import { serveLoopback } from '@holdfast/embedded/serve-loopback'
import { cleanUps } from '../support/clean-ups.ts'
import { send } from '../support/http.ts'
import { json, start } from '../support/local-server.ts'
import { startProduct } from '../support/product.ts'

test.each([
  'localhost',
  'localhost:3000',
  'LOCALHOST:3000',
  'localhost.',
  '127.0.0.1:80',
  '[::1]:3000',
  'seats.test',
  'seats.test:3000',
])('%s is a name of this server', (host) => {
  expect(hostsOf(['Seats.test'])(host)).toBe(true)
})

test.each([
  undefined,
  '',
  'evil.example',
  'evil.example:3000',
  'localhost.evil.example',
  'localhost:3000.evil.example',
  'evil.example#localhost',
  '127.0.0.1.evil.example',
  '::1',
  '0.0.0.0',
])('%s is none', (host) => {
  expect(hostsOf(['seats.test'])(host)).toBe(false)
})

test('a request by another name reaches no handler, and is told what to do', async () => {
  const { url } = await start({ takesHost: hostsOf() })
  const reply = await send(url, '/echo', { headers: { host: 'evil.example' } })
  expect([reply.status, json(reply.body)]).toMatchObject([
    421,
    { message: expect.stringContaining('HOLDFAST_HOSTS') as string },
  ])
  expect((await send(url, '/echo')).status).toBe(200)
})

test('the embedded services answer to this machine alone', async () => {
  const answer = () => Promise.resolve({ status: 200, headers: {}, body: 'in' })
  const service = { answer, isLost: () => false, fault: { status: 500, body: {} } }
  const loopback = await serveLoopback(service)
  cleanUps.push(() => loopback.close())
  const { url } = loopback
  expect((await send(url, '/', { headers: { host: 'evil.example' } })).status).toBe(421)
  expect((await send(url, '/')).status).toBe(200)
})

test('npm start answers to this machine, and to the names that it is given', async () => {
  const product = startProduct([], { env: { HOLDFAST_HOSTS: 'seats.test, other.test' } })
  const url = (await product.url) ?? ''
  const status = async (host: string) => (await send(url, '/health', { headers: { host } })).status
  expect(await status('evil.example')).toBe(421)
  expect(await status('other.test:3000')).toBe(200)
  expect(await status(new URL(url).host)).toBe(200)
})
