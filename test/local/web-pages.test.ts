import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { buildWeb } from '../../infra/web-files.ts'
import { webPages } from '../../local/http/web-pages.ts'
import { frontRoutes } from '../../local/http/front-page.ts'
import { send } from '../support/http.ts'
import { notFound, start } from '../support/local-server.ts'

const files = await buildWeb()

const serving = (build = () => Promise.resolve(files)) => {
  const lines: object[] = []
  const web = webPages((line) => lines.push(line), build)
  const proxy = { method: 'ANY', path: '/{proxy+}', handler: notFound }
  return start({ routes: [...frontRoutes(web), proxy] }).then(({ url }) => ({ url, lines }))
}

const addresses = [...files.keys()].map((name) => {
  if (name === 'index.html') return '/'
  return name === 'office/index.html' ? '/office' : `/${name}`
})

const asBrowser = { Accept: 'text/html' }

test('every file is served, with its type, and may do nothing that a page of ours does not', async () => {
  const { url } = await serving()
  for (const path of addresses) {
    const { status, headers } = await send(url, path, { headers: asBrowser })
    expect([path, status]).toEqual([path, 200])
    expect(headers['x-content-type-options']).toBe('nosniff')
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).toMatch(/; require-trusted-types-for 'script'; trusted-types 'none'$/)
    const sources = policy.split('; ').flatMap((directive) => directive.split(' ').slice(1))
    expect(new Set(sources)).toEqual(new Set(["'none'", "'self'", "'script'"]))
  }
})

test('what pages load and link to is on this server', async () => {
  const { url } = await serving()
  for (const path of ['/', '/office']) {
    const html = (await send(url, path, { headers: asBrowser })).body.toString()
    expect(html).not.toMatch(/ style=| on\w+=|<style|<script(?![^>]* src=)/)
    const targets = Array.from(
      html.matchAll(/(?:src|href)="([^"]*)"/g),
      ([, target = '']) => target,
    )
    expect(targets.length).toBeGreaterThan(3)
    for (const target of targets.filter((it) => it.startsWith('/')))
      expect([target, (await send(url, target, { headers: asBrowser })).status]).toEqual([
        target,
        200,
      ])
    expect(targets.filter((target) => !/^\/|^#\w+$/.test(target))).toEqual([])
  }
})

test('what a browser has already is not sent again', async () => {
  const { url } = await serving()
  for (const path of addresses) {
    const { headers } = await send(url, path, { headers: asBrowser })
    const tag = String(headers.etag)
    expect(headers['cache-control']).toBe('no-cache')
    const again = await send(url, path, { headers: { ...asBrowser, 'If-None-Match': tag } })
    expect([path, again.status, again.body.length]).toEqual([path, 304, 0])
    const other = await send(url, path, { headers: { ...asBrowser, 'If-None-Match': '"other"' } })
    expect(other.status).toBe(200)
  }
})

test('a file comes compressed where that is taken', async () => {
  const { url } = await serving()
  const path = '/start'
  const { headers, body } = await send(url, path, { headers: { 'Accept-Encoding': 'gzip' } })
  expect(headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(body)).toEqual((await send(url, path)).body)
})

test.each([
  '/shop/',
  '/shop/nothing.js',
  '/shop/..%2foffice%2foffice.js',
  '/shop/%2e%2e/seat-map.js',
  '/shop/__proto__',
  '/shop/index.html',
  '/office/constructor',
  '/office/office.js/x',
  '/index.html',
  '/seat-map.ts',
])('%s is not found', async (path) => {
  const { url } = await serving()
  expect((await send(url, path)).status).toBe(404)
})

test('what cannot be built says why, and is there once it can', async () => {
  let isBroken = true
  const { url, lines } = await serving(() =>
    isBroken
      ? Promise.reject(new Error('web/x.ts:3:1: ERROR: Unexpected "}"'))
      : Promise.resolve(files),
  )
  const refused = await send(url, '/shop/shop.css')
  expect([refused.status, refused.headers['content-type']]).toEqual([
    500,
    'text/plain; charset=utf-8',
  ])
  expect(refused.body.toString()).toBe(
    'The seat map could not be built:\n\nweb/x.ts:3:1: ERROR: Unexpected "}"\n',
  )
  expect(lines).toEqual([
    {
      level: 'error',
      message: 'the seat map was not built',
      error: 'web/x.ts:3:1: ERROR: Unexpected "}"',
    },
  ])
  const machine = await send(url, '/')
  expect([machine.status, machine.headers['content-type']]).toEqual([200, 'application/json'])
  isBroken = false
  expect((await send(url, '/shop/shop.css')).status).toBe(200)
})

test('all is built once, however many ask at once', async () => {
  let builds = 0
  const { url } = await serving(() => {
    builds += 1
    return Promise.resolve(files)
  })
  await Promise.all(addresses.map((path) => send(url, path, { headers: asBrowser })))
  expect(builds).toBe(1)
})
