import { expect, test } from 'vitest'
import { docsRoutes } from '../../local/http/docs-page.ts'
import { DEMO_EVENT_KEY, demoKeys } from '../../local/demo/seed-demo.ts'
import { send } from '../support/http.ts'
import { notFound, start } from '../support/local-server.ts'
import { openApi, openApis } from '../support/openapi.ts'

/** What the page is made of, with its type. */
const files = [
  ['/docs', 'text/html; charset=utf-8'],
  ['/docs/page.css', 'text/css; charset=utf-8'],
  ['/docs/page.js', 'text/javascript; charset=utf-8'],
  ['/docs/seatsio', 'text/html; charset=utf-8'],
  ['/docs/seatsio.js', 'text/javascript; charset=utf-8'],
  ['/docs/swagger-ui.css', 'text/css; charset=utf-8'],
  ['/docs/swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['/docs/favicon-32x32.png', 'image/png'],
] as const

const serving = () =>
  start({ routes: [...docsRoutes(), { method: 'ANY', path: '/{proxy+}', handler: notFound }] })

test.each([
  ['/openapi.json', openApi],
  ['/openapi-seatsio.json', openApis.seatsio],
])('%s is the document, on this server and no other', async (path, document) => {
  const { url } = await serving()
  const { status, headers, body } = await send(url, path)
  expect([status, headers['content-type']]).toEqual([200, 'application/json'])
  expect(JSON.parse(body.toString())).toEqual(document)
})

test.each(files)(
  '%s is served as %s, to anyone, and never taken for something else',
  async (path, type) => {
    const { url } = await serving()
    const { status, headers, body } = await send(url, path)
    expect([status, headers['content-type']]).toEqual([200, type])
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(body.length).toBeGreaterThan(0)
  },
)

test('a page answers with a slash behind it too', async () => {
  const { url } = await serving()
  for (const path of ['/docs', '/docs/seatsio']) {
    const [plain, slash] = [await send(url, path), await send(url, `${path}/`)]
    expect([slash.status, slash.body.toString()]).toEqual([200, plain.body.toString()])
  }
})

test('images and scripts arrive byte by byte, and may be kept for a while', async () => {
  const { url } = await serving()
  const { body, headers } = await send(url, '/docs/favicon-32x32.png')
  expect(body.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  expect(headers['cache-control']).toBe('public, max-age=3600')
  const page = await send(url, '/docs')
  expect(page.headers['cache-control']).toBe('no-cache')
})

test('the page loads only what this server has, and the browser is told to refuse the rest', async () => {
  const { url } = await serving()
  const { headers } = await send(url, '/docs')
  const loaded = new Set<string | undefined>()
  for (const path of ['/docs', '/docs/seatsio']) {
    const html = (await send(url, path)).body.toString()
    expect(html).toContain('<meta charset="utf-8">')
    for (const [, target] of html.matchAll(/(?:src|href)="([^"]*)"/g)) loaded.add(target)
  }
  expect([...loaded].sort()).toEqual(files.map(([path]) => path).sort())
  const policy = String(headers['content-security-policy']).split('; ')
  expect(policy).toContain("default-src 'none'")
  const sources = policy.flatMap((directive) => directive.split(' ').slice(1))
  expect(new Set(sources)).toEqual(new Set(["'none'", "'self'", "'unsafe-inline'", 'data:']))
  expect(policy).toContain("script-src 'self'")
})

test('our part of the page names no other host', async () => {
  const { url } = await serving()
  for (const path of ['/docs', '/docs/page.css', '/docs/page.js', '/openapi.json']) {
    const text = (await send(url, path)).body.toString()
    // Receivers of webhooks are elsewhere: the examples have a reserved name.
    const named = text.replaceAll(/https:\/\/(hooks\.tickets\.example\/|(?=\W))/g, '')
    expect(named).not.toMatch(/\/\/|https?:/)
  }
})

test('the style of Swagger UI loads nothing but what it holds itself', async () => {
  const { url } = await serving()
  const css = (await send(url, '/docs/swagger-ui.css')).body.toString()
  const targets = Array.from(css.matchAll(/url\(["']?([^"')]{0,5})/g), ([, start]) => start)
  expect(new Set(targets)).toEqual(new Set(['data:']))
  expect(css).not.toContain('@import')
})

test('the page reads the document of this server, asks no validator, and comes with the demo keys', async () => {
  const { url } = await serving()
  const script = (await send(url, '/docs/page.js')).body.toString()
  expect(script).toContain("url: '/openapi.json'")
  expect(script).toContain('validatorUrl: null')
  const names = Object.keys(openApi.components?.securitySchemes ?? {})
  for (const name of names) expect(script).toContain(`preauthorizeApiKey('${name}'`)
  for (const key of [demoKeys.secret, demoKeys.publishable]) expect(script).toContain(key)
  const other = (await send(url, '/docs/seatsio.js')).body.toString()
  expect(other).toContain("url: '/openapi-seatsio.json'")
  expect(other).toContain(`preauthorizeBasic('SecretKey', '${demoKeys.seatsio}'`)
  expect(other).toContain(`preauthorizeBasic('AdminKey', '${demoKeys.admin}'`)
  expect(other).toContain(`preauthorizeBasic('SystemSecret', '${demoKeys.system}'`)
  expect((await send(url, '/docs')).body.toString()).toContain(DEMO_EVENT_KEY)
})

test.each([
  '/docs/index.html',
  '/docs/package.json',
  '/docs/swagger-ui.css.map',
  '/docs/swagger-initializer.js',
  '/docs/../package.json',
  '/docs/..%2fpackage.json',
  '/docs/%2e%2e/package.json',
  '/docs/....//package.json',
  '/docs/swagger-ui.css/../../../package.json',
  '/docs/swagger-ui.css%00',
  '/docs//etc/passwd',
  '/docs/swagger-ui.css/',
  '/openapi.json/..',
])('%s is not found', async (path) => {
  const { url } = await serving()
  expect((await send(url, path)).status).toBe(404)
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s does nothing to the page', async (method) => {
  const { url } = await serving()
  for (const path of ['/docs', '/openapi.json', '/docs/swagger-ui.css']) {
    expect((await send(url, path, { method })).status).toBe(404)
  }
})
