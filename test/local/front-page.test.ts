import { expect, test } from 'vitest'
import { docsRoutes } from '../../local/http/docs-page.ts'
import { frontRoutes } from '../../local/http/front-page.ts'
import { webPages } from '../../local/http/web-pages.ts'
import { DEMO_EVENT_KEY, demoKeys } from '../../local/demo/seed-demo.ts'
import { send } from '../support/http.ts'
import { notFound, start } from '../support/local-server.ts'

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

const serving = () =>
  start({
    routes: [
      ...docsRoutes(),
      ...frontRoutes(webPages(() => undefined)),
      { method: 'ANY', path: '/{proxy+}', handler: notFound },
    ],
  })

const page = async (url: string, headers: Record<string, string> = {}) =>
  send(url, '/start', { headers: { Accept: BROWSER, ...headers } })

test('a person who opens the server sees the shop, a browser being told that machines see something else', async () => {
  const { url } = await serving()
  const { status, headers, body } = await send(url, '/', { headers: { Accept: BROWSER } })
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(headers['vary']).toMatch(/^Accept\b(?!-)/)
  expect(body.toString()).toContain('<holdfast-seat-map')
  expect(body.toString()).toContain('href="/start"')
})

test('a developer gets a page with the keys, the demo event and a first request to this very server', async () => {
  const { url } = await serving()
  const { status, headers, body } = await page(url)
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  const html = body.toString()
  for (const key of Object.values(demoKeys)) expect(html).toContain(key)
  expect(html).toContain(`curl -X POST ${url}/api/v1/events/${DEMO_EVENT_KEY}/seats/hold`)
})

test.each([undefined, '*/*', 'application/json'])(
  'a machine that accepts %s gets JSON',
  async (accept) => {
    const { url } = await serving()
    const answer = await send(url, '/', { headers: accept === undefined ? {} : { Accept: accept } })
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json'])
    expect(answer.body.toString()).toMatch(/\n$/)
    const { name, apis, health, demo } = JSON.parse(answer.body.toString()) as {
      name: string
      apis: { reference: string; openapi: string }[]
      health: string
      demo: object
    }
    expect([name, health, demo]).toEqual([
      'Holdfast',
      `${url}/health`,
      { eventKey: DEMO_EVENT_KEY, keys: demoKeys },
    ])
    for (const address of apis.flatMap(({ reference, openapi }) => [reference, openapi])) {
      expect([address, (await fetch(address)).status]).toEqual([address, 200])
    }
  },
)

test('all that the page links to and loads is on this server, and the browser is told to refuse the rest', async () => {
  const { url } = await serving()
  const { headers, body } = await page(url)
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  const html = body.toString()
  expect(html).not.toMatch(/<script|style=|onclick/)
  const targets = Array.from(html.matchAll(/(?:src|href)="([^"]*)"/g), ([, target]) => target ?? '')
  expect(targets.length).toBeGreaterThan(5)
  for (const target of targets) {
    expect(target).toMatch(/^\//)
    const { status } = await send(url, target)
    // Health is one of the endpoints, which do not run here.
    expect([target, status]).toEqual([target, target === '/health' ? 404 : 200])
  }
})

test('what a caller calls the server stays text on the page', async () => {
  const { url } = await serving()
  const html = (await page(url, { Host: 'a"<b>&' })).body.toString()
  expect(html).toContain('http://a&quot;&lt;b&gt;&amp;/api/v1')
  expect(html).not.toContain('<b>')
})

test('the page can be read by everybody: a language, one heading of the first order, and blocks that scroll by key', async () => {
  const { url } = await serving()
  const html = (await page(url)).body.toString()
  expect(html).toContain('<html lang="en">')
  expect(html.match(/<h1>/g)).toHaveLength(1)
  expect(html).toContain('<main>')
  const blocks = html.match(/<pre[^>]*>/g) ?? []
  expect(blocks).toHaveLength(2)
  for (const block of blocks) expect(block).toMatch(/tabindex="0" role="region" aria-label="[^"]+"/)
})
